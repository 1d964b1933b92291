"""Where the jobs of a run are done: warm kernels, processes, and other machines."""

"""Many notebooks in one run: what must run again, warm kernels, the run, its summary, what changed since the last."""

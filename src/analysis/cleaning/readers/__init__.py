"""Reading raw files: a scan before anything is opened, and a reader process that may die without harm.

The modules ``package`` and ``worker`` run inside the reader process and import nothing heavy.
"""

"""An ordinary ipykernel that ends with its run even while it computes in C code, where its own watch cannot look."""

from __future__ import annotations

import sys

from analysis.pipeline.kernels.preload import die_with_parent


def main() -> None:
    """Be ``python -m ipykernel_launcher``."""
    die_with_parent()
    from ipykernel.kernelapp import launch_new_instance

    # As ipykernel_launcher does: the working directory comes into sys.path by IPython alone.
    del sys.path[0]
    launch_new_instance()


if __name__ == "__main__":
    main()

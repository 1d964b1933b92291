"""Starts the command ``dampak``.

Kept tiny on purpose: a forkserver imports the main module again for every kernel that it starts, so this
module imports nothing until ``main`` is called.
"""


def main() -> None:
    """Run the command line of :mod:`analysis.cli` and exit with its code."""
    from analysis.cli import app

    app()


if __name__ == "__main__":
    main()

"""`interviewer` and `python -m interviewer`."""

import sys


def start() -> None:
    """Load the command line and run it. Ctrl-C while it loads ends it as it does later."""
    try:
        from interviewer.cli import main  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(130)
    main()


if __name__ == "__main__":
    start()

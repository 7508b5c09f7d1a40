"""Run the command line as `python -m whatworks`."""

from whatworks.cli import main

if __name__ == "__main__":
    main()

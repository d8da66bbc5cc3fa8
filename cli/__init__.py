"""The commands behind `./reprise`."""

"""Batches done on other machines: an engine (Dask) does what processes of one machine would do."""

"""The same map on other machines: an engine (Dask) does the batches that one machine would do in processes."""

"""The contract of version 1, as grpcio-tools makes it: do not edit, run clients/python/generate."""

"""Wait for coroutines beside the tests: a browser's tests keep a loop running in the same thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run(work):
    """Run a coroutine to its end in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()

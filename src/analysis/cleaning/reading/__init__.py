"""Files to sheets of raw values: text tables and workbooks, scanned before they are read, in a limited process.

The modules ``scan`` and ``worker``, with the scans ``xls``, ``xlsx`` and ``ods``, run inside the reader process and
import nothing heavy.
"""

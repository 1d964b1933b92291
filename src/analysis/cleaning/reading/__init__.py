"""Files to sheets of raw values: recognised by their content, scanned before they are read, in a limited process.

The modules ``worker``, ``arrivals``, ``scan``, ``formats``, ``text``, ``html`` and ``word``, with the scans ``xls``,
``xlsx`` and ``ods``, run inside the reader process and import nothing heavy.
"""

"""How much of a file is read at all. Whoever counts, and whoever tells a person of it, counts by these."""

MEGABYTE = 1024 * 1024

MAX_BYTES = 10 * MEGABYTE
MAX_MEMBERS = 400  # of the zip
MAX_MEMBER_BYTES = 60 * MEGABYTE
MAX_ALL_BYTES = 100 * MEGABYTE
MAX_DEPTH = 200  # of XML elements within each other
MAX_SHEETS = 50
MAX_TOIMENPITEET = 20_000  # rows that name one; what stands above and between them is beside these
MAX_ROWS = MAX_TOIMENPITEET + 100  # lines that hold something
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_MERGED_AREA = 50_000
MAX_BESIDE = 100_000  # notes, links, text boxes and the like beside the cells

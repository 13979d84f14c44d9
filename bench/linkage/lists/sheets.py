"""The sheets that rows come from: in how many of a hundred rows a column is empty, how many names were written with care."""

_COMPANIES = """
sheet     weight care code website email province city district address phone mobile contact
销售Excel     30   25   90      80    60       50   25       60      35    35     30      15
旧CRM         30   40   60      60    40       20   10       30      20    20     35      20
工商名单      22   85   10      85    50       10   10       20      10    30     50      10
展会名片      18   30   97      30    25       60   40       80      50    40     25      10
"""
_CONTACTS = """
sheet      weight company department title mobile phone email wechat city address gender birthday
名片           30       3         40    10     10    35    20     60   50      50     80      100
旧CRM          30       5         50    30     20    30    45     70   20      40     30       70
销售Excel      25      10         80    50     12    60    75     50   40      80     70       95
手机通讯录     15      40         95    70      3    70    85     60   80      90     95       90
"""


def _read(table):
    (_sheet, *columns), *sheets = (line.split() for line in table.strip().splitlines())
    return {name: {column: int(figure) / 100 for column, figure in zip(columns, figures, strict=True)} for name, *figures in sheets}


COMPANIES, CONTACTS = _read(_COMPANIES), _read(_CONTACTS)
COMPANY_WEIGHTS = {name: sheet.pop("weight") for name, sheet in COMPANIES.items()}
CONTACT_WEIGHTS = {name: sheet.pop("weight") for name, sheet in CONTACTS.items()}
CARE = {name: sheet.pop("care") for name, sheet in COMPANIES.items()}

from whatworks.money.tables.check import check_report as check_report
from whatworks.money.tables.check import check_table as check_table
from whatworks.money.tables.commitment import exposure as exposure
from whatworks.money.tables.commitment import load_exposure as load_exposure
from whatworks.money.tables.fault import CheckReport as CheckReport
from whatworks.money.tables.fault import TableFault as TableFault
from whatworks.money.tables.plan_actual import variance as variance

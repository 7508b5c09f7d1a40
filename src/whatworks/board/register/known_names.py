"""Short names that London's papers and the criminal-justice agencies use, as data."""

KNOWN_NAMES: dict[str, tuple[str, ...]] = {
    "Metropolitan Police Service": ("MPS", "Met", "Metropolitan Police", "Met Police"),
    "Metropolitan Police Authority": ("MPA",),
    "Mayor's Office for Policing and Crime": ("MOPAC", "MOPC"),
    "Greater London Authority": ("GLA",),
    "London Councils": (),
    "Crown Prosecution Service": ("CPS",),
    "National Offender Management Service": ("NOMS",),
    "National Probation Service": ("NPS",),
    "Ministry of Justice": ("MoJ",),
    "Home Office": ("HO",),
    "Youth Justice Board": ("YJB",),
    "London Probation Trust": ("LPT", "London Probation"),
    "London Community Rehabilitation Company": ("CRC London", "London CRC"),
    "NHS England": ("NHSE",),
    "British Transport Police": ("BTP",),
    "City of London Police": ("CoLP",),
    "Transport for London": ("TfL",),
    "London Crime Reduction Board": ("LCRB", "London Crime & Reduction Board"),
    "Delivery Management Group": ("DMG", "LCRB DMG", "LCRB Delivery Management Group"),
    "London Criminal Justice Board": ("LCJB",),
    "London Criminal Justice Partnership": ("LCJP",),
    "HM Prison Service": ("HMPS", "Prison Service", "Prison Services"),
    "HM Courts and Tribunals Service": ("HMCTS", "Courts services"),
}
"""Full name -> other names. A name of one body only: "probation", "health" and "CRC" alone stand for several."""

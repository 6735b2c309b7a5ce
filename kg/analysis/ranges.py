"""What the parameters of the verbs may name: the classes of which a name is taken, those above all that stand first.

Light, so that the help of a command can be made with it. A name that things of several kinds bear is that of the kind
that is wanted: the company of a plant of the same name has partners, the plant has none.
"""

from __future__ import annotations

__all__ = ["MODE", "ORGANISATION", "REGION", "SITE", "STAGE", "STATUS", "STOPPED", "SUPPLIED", "TIED"]

STAGE = ("Stage",)
REGION = ("Place", "Site")
STATUS = ("Status", "AgreementStage")
MODE = ("Mode",)

ORGANISATION = ("Organisation",)
"""Who has partners."""

TIED = ("Organisation", "Site")
"""What a group of a network holds."""

SITE = ("Park", "Site", "Place")
"""Where the links of a chain are looked for."""

SUPPLIED = ("Organisation", "Site", "Stage", "Product", "Place")
"""What takes something in, or puts something out."""

STOPPED = ("Organisation", "Site", "Stage", "Product", "Agreement", "Place")
"""What may stop."""

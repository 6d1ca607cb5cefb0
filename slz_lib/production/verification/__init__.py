"""What differs between a file as it was issued and as it is made now."""

from slz_lib.production.verification.comparing import differences
from slz_lib.production.verification.difference import Difference
from slz_lib.production.verification.lines import difference_lines

__all__ = ["Difference", "difference_lines", "differences"]

"""Pages of joint issues, and the page behind a side's signed link."""

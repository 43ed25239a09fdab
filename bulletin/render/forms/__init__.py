"""Forms to what an office prints: PDF and workbooks."""

from bulletin.render.forms.pdf import render_slips, render_table
from bulletin.render.forms.slips import SlipLevels, fit_slips
from bulletin.render.forms.workbook import render_table_workbook

__all__ = ["SlipLevels", "fit_slips", "render_slips", "render_table", "render_table_workbook"]

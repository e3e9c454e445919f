"""Files that applicants of the demonstration attach: the plan as a Word document, a photograph."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from demonstration.content.shapes import Application
from demonstration.pictures import draw, scene_of


def plan_paper(text: Application, organization: str) -> SimpleUploadedFile:
    """Write the plan of an application as a Word document."""
    document = Document()
    document.add_heading(text.title, level=1)
    document.add_paragraph(f"申报单位：{organization}（示例材料）")
    document.add_paragraph(text.overview)
    for number, step in enumerate(text.plan, start=1):
        document.add_paragraph(f"{number}. {step.task}：{step.goal}（{step.post}{step.name}）")
    out = BytesIO()
    document.save(out)
    return SimpleUploadedFile("实施方案.docx", out.getvalue())


def photograph(number: int, sector: str) -> SimpleUploadedFile:
    """Draw a picture in the place of a photograph."""
    return SimpleUploadedFile("现场照片.jpg", draw(scene_of(sector, number), number))

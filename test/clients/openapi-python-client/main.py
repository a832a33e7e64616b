"""Uploads weather, runs an analysis, reads a series and downloads its report with the client that was generated here."""
import json
import os
import time
from io import BytesIO
from pathlib import Path

from tessellate_renewables_client import AuthenticatedClient
from tessellate_renewables_client.api.jobs import get_job, get_job_series, list_job_series
from tessellate_renewables_client.api.reports import create_report, download_report_file, get_report
from tessellate_renewables_client.api.solar import analyze_solar
from tessellate_renewables_client.api.weather import upload_weather
from tessellate_renewables_client.models import (
    AnalyzeSolarRequest,
    CreateReportRequest,
    MountingFixed,
    ReportJob,
    Series,
    SolarAnalysis,
    SolarSystem,
)
from tessellate_renewables_client.types import File

client = AuthenticatedClient(base_url=os.environ["TESSELLATE_URL"], token=os.environ["TESSELLATE_KEY"])


def ended(job_id: str) -> SolarAnalysis | ReportJob:
    while True:
        job = get_job.sync(job_id, client=client)
        assert isinstance(job, (SolarAnalysis, ReportJob)), job
        if job.status in ("succeeded", "failed", "cancelled"):
            assert job.status == "succeeded", job
            return job
        time.sleep(0.5)


file = File(payload=BytesIO(Path(os.environ["WEATHER_FILE"]).read_bytes()))
weather = upload_weather.sync(client=client, body=file, name="weather.csv.gz")
system = SolarSystem(dc_capacity_kw=100.0, mounting=MountingFixed(type_="fixed", tilt_deg=30.0))
accepted = analyze_solar.sync(client=client, body=AnalyzeSolarRequest(weather_id=weather.id, system=system))
analysis = ended(accepted.id)
names = list_job_series.sync(analysis.id, client=client)
series = get_job_series.sync(analysis.id, names.data[0], client=client)
assert isinstance(series, Series), series
writing = create_report.sync(client=client, body=CreateReportRequest(job_ids=[analysis.id]))
report = get_report.sync(ended(writing.id).result.report_id, client=client)
pdf = download_report_file.sync(report.id, "pdf", client=client)
Path("report.pdf").write_bytes(pdf.payload.read())

print(
    json.dumps(
        {
            "energy_kwh": analysis.result.systems[0].annual_energy_kwh,
            "hours": len(series.columns["time"]),
            "report_id": report.id,
        }
    )
)

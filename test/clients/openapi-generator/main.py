"""Uploads weather, runs an analysis, reads a series and downloads its report with the client that was generated here."""
import json
import os
import time
from pathlib import Path

from openapi_client import ApiClient, Configuration, JobsApi, ReportsApi, SolarApi, WeatherApi
from openapi_client.models import AnalyzeSolarRequest, CreateReportRequest, Mounting, MountingFixed, SolarSystem

configuration = Configuration(host=os.environ["TESSELLATE_URL"], access_token=os.environ["TESSELLATE_KEY"])
client = ApiClient(configuration)
jobs, reports = JobsApi(client), ReportsApi(client)


def ended(job_id: str):
    while True:
        job = jobs.get_job(job_id).actual_instance
        if job.status in ("succeeded", "failed", "cancelled"):
            assert job.status == "succeeded", job
            return job
        time.sleep(0.5)


weather = WeatherApi(client).upload_weather(Path(os.environ["WEATHER_FILE"]).read_bytes(), name="weather.csv.gz")
mounting = Mounting(MountingFixed(type="fixed", tilt_deg=30.0))
request = AnalyzeSolarRequest(weather_id=weather.id, system=SolarSystem(dc_capacity_kw=100.0, mounting=mounting))
analysis = ended(SolarApi(client).analyze_solar(request).id)
names = jobs.list_job_series(analysis.id)
series = jobs.get_job_series(analysis.id, names.data[0])
writing = reports.create_report(CreateReportRequest(job_ids=[analysis.id]))
report = reports.get_report(ended(writing.id).result.actual_instance.report_id)
Path("report.pdf").write_bytes(reports.download_report_file(report.id, "pdf"))

print(
    json.dumps(
        {
            "energy_kwh": analysis.result.systems[0].annual_energy_kwh,
            "hours": len(series.columns["time"]),
            "report_id": report.id,
        }
    )
)

"""The same work as `npm run bench` in pvlib, PySAM and pymoo, single thread. Prints one JSON object {name: {value, unit, work}}.

Where a name ends in _scaled, fewer candidates were run and the time multiplied: the work is alike for each.
"""

import gzip
import io
import json
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import pandas as pd
import pvlib

WEATHER = sys.argv[1]
results = {}


def measure(name, work, rounds, what, scale=1.0):
    work()
    samples = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        samples.append((time.perf_counter() - start) * 1000 * scale)
    results[name] = {"value": statistics.median(samples), "unit": "ms", "work": what}


text = gzip.open(WEATHER, "rt", encoding="utf-8", errors="replace").read()
data, meta = pvlib.iotools.read_tmy3(io.StringIO(text), map_variables=True)
times = data.index - pd.Timedelta(minutes=30)
data.index = times
latitude, longitude, altitude = meta["latitude"], meta["longitude"], meta["altitude"]


def prepare():
    sun = pvlib.solarposition.spa_python(
        times,
        latitude,
        longitude,
        altitude=altitude,
        pressure=pvlib.atmosphere.alt2pres(altitude),
        temperature=data["temp_air"],
    )
    extra = pvlib.irradiance.get_extra_radiation(times)
    airmass = pvlib.atmosphere.get_relative_airmass(sun["apparent_zenith"])
    return sun, extra, airmass


def arrays(prepared):
    sun, extra, airmass = prepared
    return {
        "zenith": sun["apparent_zenith"].to_numpy(),
        "azimuth": sun["azimuth"].to_numpy(),
        "extra": np.asarray(extra),
        "airmass": np.asarray(airmass),
        "ghi": data["ghi"].to_numpy(float),
        "dni": data["dni"].to_numpy(float),
        "dhi": data["dhi"].to_numpy(float),
        "temp": data["temp_air"].to_numpy(float),
        "wind": data["wind_speed"].to_numpy(float),
    }


def year(a, tilt, azimuth):
    aoi = pvlib.irradiance.aoi(tilt, azimuth, a["zenith"], a["azimuth"])
    sky = pvlib.irradiance.perez(
        tilt, azimuth, a["dhi"], a["dni"], a["extra"], a["zenith"], a["azimuth"], a["airmass"]
    )
    ground = pvlib.irradiance.get_ground_diffuse(tilt, a["ghi"], 0.2)
    beam = np.maximum(a["dni"] * np.cos(np.radians(aoi)), 0)
    poa = beam + sky + ground
    effective = beam * pvlib.iam.physical(aoi) + sky + ground
    cell = pvlib.temperature.sapm_cell(poa, a["temp"], a["wind"], -3.56, -0.075, 3)
    dc = pvlib.pvsystem.pvwatts_dc(effective, cell, 100.0, -0.0037) * 0.8592
    ac = pvlib.inverter.pvwatts(dc, 100.0 / 1.2 / 0.96, 0.96)
    return np.nansum(ac)


shared = arrays(prepare())
orientations = [((k * 7) % 91, 90 + (k * 37) % 181) for k in range(100)]
hours = pd.date_range("2021-01-01 00:30", periods=8760, freq="1h", tz="UTC")

measure(
    "solar.spa_full_ms",
    lambda: pvlib.solarposition.spa_python(hours, 36.1, -79.95, altitude=273),
    5,
    "pvlib spa_python, numpy",
)
measure("solar.annual_full_ms", lambda: year(arrays(prepare()), 20, 180), 5, "pvlib, lean chain from parsed weather")
measure("solar.candidate_ms", lambda: year(shared, 20, 180), 20, "pvlib, sun known")
measure(
    "solar.sweep_1000_ms",
    lambda: [year(shared, tilt, azimuth) for tilt, azimuth in orientations],
    1,
    "pvlib, sun known, one thread; 100 orientations times 10",
    10.0,
)

MODULE = (-0.004304, 1.559073, 9.097388, 2.766528e-12, 224.251984, 0.429443, -18.547718)
irradiance = 5.0 + (np.arange(200_000) * 7) % 1196
temperature = -10.0 + (np.arange(200_000) * 3) % 81


def cec():
    parameters = pvlib.pvsystem.calcparams_cec(irradiance, temperature, *MODULE)
    return pvlib.pvsystem.max_power_point(*parameters, method="newton")


cec()
start = time.perf_counter()
cec()
results["solar.cec_points_per_second"] = {
    "value": 200_000 / (time.perf_counter() - start),
    "unit": "1/s",
    "work": "pvlib calcparams_cec and max_power_point (newton)",
}

import PySAM.Pvwattsv8 as Pvwattsv8

local = data.index.tz_convert(None) + pd.Timedelta(hours=meta["TZ"])
model = Pvwattsv8.new()
model.SolarResource.solar_resource_data = {
    "lat": latitude,
    "lon": longitude,
    "tz": meta["TZ"],
    "elev": altitude,
    "year": list(local.year),
    "month": list(local.month),
    "day": list(local.day),
    "hour": list(local.hour),
    "minute": list(local.minute),
    "dn": list(shared["dni"]),
    "df": list(shared["dhi"]),
    "gh": list(shared["ghi"]),
    "tdry": list(shared["temp"]),
    "wspd": list(shared["wind"]),
}
for group, values in {
    model.SystemDesign: {
        "system_capacity": 100,
        "dc_ac_ratio": 1.2,
        "module_type": 0,
        "array_type": 0,
        "tilt": 20,
        "azimuth": 180,
        "gcr": 0.4,
        "losses": 14.08,
        "inv_eff": 96,
    },
}.items():
    for key, value in values.items():
        setattr(group, key, value)
measure("solar.annual_full_ms (PySAM)", model.execute, 5, "PySAM Pvwattsv8, weather in memory")


def sam_sweep():
    for tilt, azimuth in orientations[:20]:
        model.SystemDesign.tilt = tilt
        model.SystemDesign.azimuth = azimuth
        model.execute()


measure("solar.sweep_1000_ms (PySAM)", sam_sweep, 1, "PySAM Pvwattsv8; 20 orientations times 50", 50.0)

from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.optimize import minimize
from pymoo.problems import get_problem


def nsga2(population, generations):
    start = time.perf_counter()
    minimize(get_problem("zdt1"), NSGA2(pop_size=population), ("n_gen", generations), seed=1, verbose=False)
    return time.perf_counter() - start


results["optimize.nsga2_zdt1_s"] = {
    "value": statistics.median(nsga2(100, 250) for _ in range(3)),
    "unit": "s",
    "work": "pymoo NSGA-II, population 100, 250 generations",
}
results["optimize.nsga2_generation_1000_ms"] = {
    "value": nsga2(1000, 20) * 1000 / 20,
    "unit": "ms",
    "work": "pymoo NSGA-II, population 1,000, 20 generations",
}

from skopt import Optimizer


def hartmann6(x):
    alpha = np.array([1, 1.2, 3, 3.2])
    a = np.array(
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
    )
    p = 1e-4 * np.array(
        [
            [1312, 1696, 5569, 124, 8283, 5886],
            [2329, 4135, 8307, 3736, 1004, 9991],
            [2348, 1451, 3522, 2883, 3047, 6650],
            [4047, 8828, 8732, 5743, 1091, 381],
        ]
    )
    return -float(alpha @ np.exp(-(a * (np.array(x) - p) ** 2).sum(axis=1)))


def bayes_iterations():
    search = Optimizer([(0.0, 1.0)] * 6, base_estimator="GP", acq_func="EI", n_initial_points=10, random_state=1)
    seconds = []
    for known in range(56):
        start = time.perf_counter()
        x = search.ask()
        search.tell(x, hartmann6(x))
        if known >= 45:
            seconds.append(time.perf_counter() - start)
    return seconds


results["optimize.bayes_iteration_50_ms"] = {
    "value": 1000 * statistics.median(bayes_iterations()),
    "unit": "ms",
    "work": "scikit-optimize GP with EI on Hartmann-6, 45 to 55 known points",
}
print(json.dumps(results))

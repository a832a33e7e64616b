"""TOPFARM on the layout of bench/peers-layouts.ts: reads one JSON object from stdin, prints one. Each method gets the same wall time,
from random feasible layouts; the layouts go back, and the caller computes their energy."""
import json
import sys
import time
import warnings

warnings.filterwarnings('ignore')
import numpy as np
import xarray as xr
from py_wake.deficit_models.gaussian import IEA37SimpleBastankhahGaussianDeficit
from py_wake.site import XRSite
from py_wake.superposition_models import SquaredSum
from py_wake.wind_farm_models import PropagateDownwind
from py_wake.wind_turbines import WindTurbine
from py_wake.wind_turbines.power_ct_functions import PowerCtTabular
from shapely.geometry import Point, Polygon
from topfarm import TopFarmProblem
from topfarm.constraint_components.boundary import InclusionZone, XYBoundaryConstraint
from topfarm.constraint_components.constraint_aggregation import DistanceConstraintAggregation
from topfarm.constraint_components.spacing import SpacingConstraint
from topfarm.cost_models.cost_model_wrappers import CostModelComponent
from topfarm.easy_drivers import EasyRandomSearchDriver, EasyScipyOptimizeDriver, EasySGDDriver
from topfarm.drivers.random_search_driver import RandomizeTurbinePosition_Circle

job = json.load(sys.stdin)
seconds, n, spacing_m = job['seconds'], job['turbines'], job['min_spacing_m']
directions, speeds = np.array(job['directions_deg']), np.array(job['speeds_m_s'])
probability = np.array(job['probability'])
boundary = np.array(job['boundary'])
rng = np.random.default_rng(job['seed'])
np.random.seed(job['seed'])

site = XRSite(
    xr.Dataset(
        {'P': (('wd', 'ws'), probability), 'TI': 0.075},
        coords={'wd': directions, 'ws': speeds},
    )
)
turbine = WindTurbine(
    name='turbine',
    diameter=job['diameter_m'],
    hub_height=job['hub_height_m'],
    powerCtFunction=PowerCtTabular(job['curve_m_s'], job['curve_kw'], 'kW', np.full(len(job['curve_m_s']), job['ct'])),
)
farm = PropagateDownwind(site, turbine, IEA37SimpleBastankhahGaussianDeficit(), SquaredSum())
area = Polygon(boundary)


def aep_gwh(x, y, **_):
    return float(farm.aep(x, y, wd=directions, ws=speeds))


def aep_gradient(x, y, **_):
    return farm.aep_gradients(wrt_arg=['x', 'y'], x=x, y=y, wd=directions, ws=speeds)


def sampled_gradient(x, y, **_):
    """The gradient of the energy in 50 drawn states of the wind, as TOPFARM's stochastic descent is used."""
    drawn = rng.choice(probability.size, 50, p=probability.ravel() / probability.sum())
    wd, ws = directions[drawn // len(speeds)], speeds[drawn % len(speeds)]
    return farm.aep_gradients(wrt_arg=['x', 'y'], x=x, y=y, wd=wd, ws=ws, time=True)


def is_feasible(x, y):
    gaps = np.hypot(x[:, None] - x, y[:, None] - y)[np.triu_indices(n, 1)]
    return gaps.min() >= spacing_m - 1e-3 and all(area.buffer(1e-3).contains(Point(p)) for p in zip(x, y))


def random_layout():
    low, high = boundary.min(0), boundary.max(0)
    points = []
    while len(points) < n:
        p = rng.uniform(low, high)
        if area.contains(Point(p)) and all(np.hypot(*(p - q)) >= spacing_m for q in points):
            points.append(p)
    return np.array(points).T


def cost(gradient):
    return CostModelComponent(
        input_keys=['x', 'y'], n_wt=n, cost_function=aep_gwh, cost_gradient_function=gradient, objective=True, maximize=True
    )


def zone():
    return XYBoundaryConstraint([InclusionZone(boundary)], 'multi_polygon')


def optimized(x, y, driver, gradient, constraints):
    problem = TopFarmProblem(
        design_vars={'x': x, 'y': y}, cost_comp=cost(gradient), constraints=constraints, driver=driver, plot_comp=None
    )
    _, state, _ = problem.optimize(disp=False)
    return np.asarray(state['x']), np.asarray(state['y'])


def random_search(left_s):
    driver = EasyRandomSearchDriver(RandomizeTurbinePosition_Circle(), max_iter=10**9, max_time=left_s)
    return optimized(*random_layout(), driver, None, [zone(), SpacingConstraint(spacing_m)])


def slsqp(_):
    driver = EasyScipyOptimizeDriver(optimizer='SLSQP', maxiter=100, tol=1e-8, disp=False)
    return optimized(*random_layout(), driver, aep_gradient, [zone(), SpacingConstraint(spacing_m)])


def sgd_of(steps):
    driver = EasySGDDriver(maxiter=steps, learning_rate=turbine.diameter() / 5, speedupSGD=True, sgd_thresh=0.05)
    return optimized(*random_layout(), driver, sampled_gradient, DistanceConstraintAggregation(zone(), n, spacing_m, turbine))


def sgd(left_s):
    """Its steps are fixed beforehand: those of the time that is left, by the time of thirty."""
    start = time.perf_counter()
    sgd_of(30)
    step_s = (time.perf_counter() - start) / 30
    return sgd_of(max(30, int(0.9 * (left_s - 30 * step_s) / step_s)))


answer = {'evaluator_gwh': aep_gwh(np.array(job['baseline']['x']), np.array(job['baseline']['y'])), 'methods': {}}
for name, method in {'random_search': random_search, 'slsqp': slsqp, 'sgd': sgd}.items():
    start, best, starts, refused = time.perf_counter(), None, 0, 0
    while starts == 0 or (name == 'slsqp' and time.perf_counter() - start < seconds):
        x, y = method(seconds)
        starts += 1
        if not is_feasible(x, y):
            refused += 1
        elif best is None or aep_gwh(x, y) > best[0]:
            best = (aep_gwh(x, y), x.tolist(), y.tolist())
    answer['methods'][name] = {
        'seconds': time.perf_counter() - start,
        'starts': starts,
        'infeasible': refused,
        'x': best and best[1],
        'y': best and best[2],
    }
print(json.dumps(answer))

"""PyWake and FLORIS on the inputs of bench/peers/peers.ts: reads one JSON object from stdin, prints one. Times are wall clock, best of a few."""
import copy
import json
import pathlib
import sys
import time
import warnings

warnings.filterwarnings('ignore')
import numpy as np
import yaml

job = json.load(sys.stdin)
x, y, ti = job['x'], job['y'], job['ti']
result = {'pywake': {}, 'floris': {}, 'yaw': {}, 'own_plane': []}


def best_time(call, rounds):
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        value = call()
        times.append(time.perf_counter() - start)
    return min(times), value


from py_wake.deficit_models.gaussian import BastankhahGaussianDeficit
from py_wake.deficit_models.noj import NOJDeficit
from py_wake.deficit_models.utils import ct2a_madsen
from py_wake.deflection_models.jimenez import JimenezWakeDeflection
from py_wake.examples.data.hornsrev1 import V80, Hornsrev1Site
from py_wake.literature.gaussian_models import Niayifar_PorteAgel_2016
from py_wake.literature.turbopark import Nygaard_2022
from py_wake.superposition_models import SquaredSum
from py_wake.wind_farm_models.engineering_models import PropagateDownwind

site = Hornsrev1Site(ti=ti)
v80 = V80()
noj = lambda **more: PropagateDownwind(site, v80, NOJDeficit(k=0.04, ct2a=ct2a_madsen), SquaredSum(), **more)
gauss = lambda **more: PropagateDownwind(site, v80, BastankhahGaussianDeficit(use_effective_ws=False), SquaredSum(), **more)
models = {
    'noj_k004': noj(),
    'bastankhah_k00325': gauss(),
    'niayifar_crespo': Niayifar_PorteAgel_2016(site, v80),
    'turbopark_nygaard2022': Nygaard_2022(site, v80),
}
for name, model in models.items():
    rounds = 3 if name in ('noj_k004', 'bastankhah_k00325') else 1
    seconds, aep = best_time(lambda: model.aep(x, y, wd=np.arange(360), ws=np.arange(3, 26)), rounds)
    result['pywake'][name] = {'seconds': seconds, 'aep_gwh': float(aep)}

for name, model in {'noj_k004': noj(deflectionModel=JimenezWakeDeflection()), 'bastankhah_k00325': gauss(deflectionModel=JimenezWakeDeflection())}.items():
    cases = []
    for case in job['yaw_cases']:
        flow = model(x, y, wd=case['wd'], ws=case['ws'], yaw=case['yaw_deg'], tilt=0)
        cases.append(np.asarray(flow.WS_eff).reshape(-1).tolist())
    result['yaw'][name] = cases

import floris
from floris import FlorisModel

defaults = yaml.safe_load(open(pathlib.Path(floris.__file__).parent / 'default_inputs.yaml'))
turbine = job['turbine']


def floris_model(velocity, shear, with_curl, directions, speeds, deflection=None):
    config = copy.deepcopy(defaults)
    config['wake']['model_strings'] = {
        'combination_model': 'sosfs',
        'deflection_model': deflection or ('gauss' if velocity == 'gauss' else 'jimenez'),
        'turbulence_model': 'crespo_hernandez',
        'velocity_model': velocity,
    }
    config['wake']['wake_turbulence_parameters']['crespo_hernandez'] = dict(initial=0.1, constant=0.5, ai=0.8, downstream=-0.32)
    for key in ('enable_secondary_steering', 'enable_yaw_added_recovery', 'enable_transverse_velocities'):
        config['wake'][key] = with_curl
    config['farm'].update(layout_x=x, layout_y=y)
    config['farm']['turbine_type'] = [
        {
            'turbine_type': 'peer',
            'hub_height': turbine['hub_height_m'],
            'rotor_diameter': turbine['diameter_m'],
            'TSR': 8.0,
            'operation_model': 'cosine-loss',
            'power_thrust_table': {
                'ref_air_density': 1.225,
                'ref_tilt': 0.0,
                'cosine_loss_exponent_yaw': 1.88,
                'cosine_loss_exponent_tilt': 1.88,
                'wind_speed': turbine['ws'],
                'power': turbine['power_kw'],
                'thrust_coefficient': turbine['ct'],
            },
        }
    ]
    config['flow_field'].update(
        wind_shear=shear,
        reference_wind_height=-1,
        wind_directions=list(directions),
        wind_speeds=list(speeds),
        turbulence_intensities=[ti] * len(directions),
    )
    config['solver'] = {'type': 'turbine_grid', 'turbine_grid_points': 3}
    return FlorisModel(config)


directions = np.repeat(np.arange(360.0), 23)
speeds = np.tile(np.arange(3.0, 26.0), 360)
# In parts of 36 directions: all cases at once need more memory than many machines have.
for velocity in ('jensen', 'gauss'):
    seconds = 0
    for part in range(10):
        cases_of_part = slice(part * 828, (part + 1) * 828)
        model = floris_model(velocity, 0.0, False, directions[cases_of_part], speeds[cases_of_part])
        start = time.perf_counter()
        model.run()
        seconds += time.perf_counter() - start
    result['floris'][velocity] = {'seconds': seconds}

for deflection in ('gauss', 'jimenez'):
    cases = []
    for case in job['yaw_cases']:
        model = floris_model('gauss', 0.12, False, [case['wd']], [case['ws']], deflection)
        model.set(yaw_angles=np.array([case['yaw_deg']]))
        model.run()
        cases.append(model.turbine_average_velocities[0].tolist())
    result['yaw']['floris_gauss_shear012.' + deflection] = cases

cases = []
for case in job['yaw_cases']:
    model = floris_model('gauss', 0.12, True, [case['wd']], [case['ws']])
    model.set(yaw_angles=np.array([case['yaw_deg']]))
    model.run()
    cases.append(model.turbine_average_velocities[0].tolist())
    # The solver takes a rotor's own plane as downstream where the mean of its points' coordinates did not round up.
    grid = model.core.grid
    is_own = (grid.x_sorted - np.mean(grid.x_sorted, axis=(2, 3), keepdims=True))[0, :, 0, 0] >= 0
    own_plane = np.empty(len(x), dtype=bool)
    own_plane[grid.sorted_indices[0, :, 0, 0]] = is_own
    result['own_plane'].append(own_plane.tolist())
result['yaw']['floris_gch'] = cases
print(json.dumps(result))

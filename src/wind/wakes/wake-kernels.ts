/** The kernel of each kind of deficit. */
import type { DeficitKernel } from './deficit-kernel.ts';
import { LinearGaussianKernel, TurboGaussianKernel } from './gaussian-kernels.ts';
import { JensenKernel } from './jensen-kernel.ts';
import type { SuperposedWakeModel } from './wake-models.ts';

/**
 * Returns the kernel that computes the deficit of a model.
 * @param cases number of wind speeds that it computes at a time
 */
export function deficitKernel(model: SuperposedWakeModel, cases: number): DeficitKernel {
  const { deficit } = model;
  if (deficit.kind === 'jensen') return new JensenKernel(deficit, cases);
  return deficit.kind === 'gaussian'
    ? new LinearGaussianKernel(deficit, cases)
    : new TurboGaussianKernel(deficit, cases);
}

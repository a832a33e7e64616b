/** The area that a layout occupies. */

/**
 * Returns the area of the convex hull of positions, enlarged by a margin [km2]: A + P r + pi r^2 (Steiner's formula);
 * overwrites its gradient [km2/m] if given. The hull is Andrew's monotone chain, doi:10.1016/0020-0190(79)90072-3.
 */
export function hullAreaKm2(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  marginM: number,
  gradientX?: Float64Array,
  gradientY?: Float64Array,
): number {
  const order = Array.from({ length: x.length }, (_, i) => i).sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  const half = (places: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const p of places) {
      while (chain.length > 1) {
        const [a, b] = [chain[chain.length - 2], chain[chain.length - 1]];
        if ((x[b] - x[a]) * (y[p] - y[a]) - (y[b] - y[a]) * (x[p] - x[a]) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(order), ...half(order.reverse())];
  gradientX?.fill(0);
  gradientY?.fill(0);
  let area = 0;
  let perimeter = 0;
  hull.forEach((p, k) => {
    const next = hull[(k + 1) % hull.length];
    const before = hull[(k + hull.length - 1) % hull.length];
    const edge = Math.hypot(x[next] - x[p], y[next] - y[p]);
    area += 0.5 * ((x[p] - x[hull[0]]) * (y[next] - y[hull[0]]) - (x[next] - x[hull[0]]) * (y[p] - y[hull[0]]));
    perimeter += edge;
    if (!gradientX || !gradientY) return;
    gradientX[p] += 0.5e-6 * (y[next] - y[before]);
    gradientY[p] += 0.5e-6 * (x[before] - x[next]);
    if (edge === 0) return;
    const ux = (1e-6 * marginM * (x[next] - x[p])) / edge;
    const uy = (1e-6 * marginM * (y[next] - y[p])) / edge;
    gradientX[p] -= ux;
    gradientX[next] += ux;
    gradientY[p] -= uy;
    gradientY[next] += uy;
  });
  return 1e-6 * (area + perimeter * marginM + Math.PI * marginM * marginM);
}

/** How distributions are fitted to measured wind, by name. */

/** Fits of a Weibull distribution to the speeds of a sector. Default: Seguro and Lambert 2000, doi:10.1016/S0167-6105(99)00122-1 */
export const WEIBULL_FITS = ['mle', 'wasp', 'moments', 'justus', 'energy_pattern', 'energy_pattern_akdag'] as const;
export type WeibullFit = (typeof WEIBULL_FITS)[number];
export const DEFAULT_WEIBULL_FIT: WeibullFit = 'mle';

/** Fits of a Gumbel distribution to the highest speed of each year. Default: Hosking et al. 1985, doi:10.1080/00401706.1985.10488049 */
export const GUMBEL_FITS = ['pwm', 'moments', 'mle'] as const;
export type GumbelFit = (typeof GUMBEL_FITS)[number];
export const DEFAULT_GUMBEL_FIT: GumbelFit = 'pwm';

import type { SystemSection } from '../../../../domain/record/system.ts';

/** What NetBox itself begins with. */
export const USUAL_HEIGHT = 1;

/**
 * Height of a machine's device type in rack units, as its firmware tells it. What a blade or one of several nodes in a chassis tells is the
 * height of the chassis, which is another device: that and a machine that tells none get NetBox's own default.
 */
export function deviceHeight(system: Pick<SystemSection, 'chassis' | 'enclosure'> | undefined): number {
  const { chassis, enclosure } = system ?? {};
  const isPart = enclosure !== undefined || /^(blade|multi-system|sub chassis)/i.test(chassis?.type ?? '');
  return isPart ? USUAL_HEIGHT : (chassis?.heightRackUnits ?? USUAL_HEIGHT);
}

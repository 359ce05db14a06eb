import type { AffectPoint } from '../../core/music';
import type { UnitInterval } from '../../core/units';
import type { SenseView } from '../../stores/contracts';

/** What one sense says, and how much it counts. */
export interface Opinion {
  readonly id: SenseView['id'];
  readonly point: AffectPoint;
  readonly weight: UnitInterval;
}

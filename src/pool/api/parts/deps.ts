import type { BootedMachine, NodeDmesg, PoolImageView, VisitReading } from '../../../domain/pool/api-views.ts';
import type { Person } from '../../../domain/pool/person.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import type { PageParts } from '../../../domain/web-page.ts';
import type { Log } from '../../../platform/log.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { BootHistory } from '../../decide/boot-history.ts';
import type { People } from '../../people/people.ts';
import type { PoolStore } from '../../store/pool-store.ts';
import type { EventHub } from './event-hub.ts';

/** What was seen of machines; the head fills it in. */
export interface BootsSeen {
  /** one for each machine that ever asked, node or not */
  machines(): readonly BootedMachine[];
  /** what matters for the next boot of a machine */
  historyOf(mac: string): BootHistory;
  /** what the kernel of a machine said; undefined when it sent nothing */
  dmesgOf(mac: string): Promise<NodeDmesg | undefined>;
  /** the clock of {@link historyOf} */
  nowMs(): number;
  /** Lets a machine go on whose files are frozen, or that is held. `why`: what it was */
  release(mac: string): { isReleased: boolean; why?: string };
}

/** Images on this head. */
export interface ImagesThere {
  /** every version; undefined: nothing is known of images here, and none is refused */
  list(): Promise<readonly PoolImageView[] | undefined>;
  /**
   * Why no machine could boot a version that is there: its kernel and its root are not of one build, or it has no root of the form that the profile asks
   * for; undefined: nothing is known against it.
   */
  trouble(image: { name: string; version: number }, root?: 'squashfs' | 'tmpfs'): Promise<string | undefined>;
  /**
   * Takes a version away that nothing in the pool boots.
   * @param running nodes that run it now
   * @throws ReconError `image-used` with who needs it, `not-found`
   */
  remove(image: { name: string; version: number }, pool: Pool, running: readonly string[]): Promise<void>;
}

/** The certificate that people see. */
export interface SeenCertificate {
  /** undefined: nothing is wrong with it */
  trouble(): string | undefined;
}

/** Tarballs of visits. */
export interface VisitReader {
  /** @throws ReconError `tarball-unreadable`, `body-too-large`, `busy` */
  read(upload: AsyncIterable<Uint8Array>, there: readonly { name: string; macs: readonly string[] }[]): Promise<VisitReading>;
}

export interface PoolApiDeps {
  store: PoolStore;
  people: People;
  audit: AuditLog;
  boots: BootsSeen;
  images: ImagesThere;
  certificate: SeenCertificate;
  visits: VisitReader;
  events: EventHub;
}

/** A listener for people and programs. */
export interface PoolAppOptions extends PoolApiDeps {
  log: Log;
  /** version of the program, for the OpenAPI document */
  version: string;
  /** names that a Host header may say, besides the address that was reached; undefined on a unix socket, which no browser reaches */
  hosts: readonly string[] | undefined;
  /** whoever can open this listener is this person: root on the head's own socket */
  trusts?: Person;
  /** without it there is no page, only its data */
  page?: PageParts;
  /** certificate and key, PEM; without it plain HTTP */
  tls?: { cert: string; key: string };
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Leases } from '../dhcp/leases.ts';
import type { MasterLimits } from '../http/limits.ts';

/** What machines boot instead of the inventory, where a folder on the stick says so. */
export interface OtherBoots {
  /** undefined: this machine is inventoried, as ever */
  bootOf(request: FastifyRequest, loader: ScriptLoader): Promise<OtherBoot | undefined>;
  /** for machines: what such a boot fetches, and says; all of it lies below one path of its own */
  machineRoutes(app: FastifyInstance): void;
  /** for people; `withPin` lets a request in that brings the PIN */
  peopleRoutes(app: FastifyInstance, withPin: (request: FastifyRequest) => Promise<void>): void;
  /** machines whose own system renews its lease: they are answered whatever they run */
  renewing(): readonly MacAddress[];
  /** from now on the call is made when the folder says something else */
  follow(onChange: () => Promise<void>): void;
  stop(): Promise<void>;
}

/** What runs a script: iPXE, or the signed GRUB where Secure Boot is on. */
export type ScriptLoader = 'ipxe' | 'grub';

export interface OtherBoot {
  script: string;
  /** as `compute@3` */
  choice: string;
}

/** What of the master they stand on. */
export interface OtherBootsInput {
  leases: Pick<Leases, 'addressOf' | 'leaseHolder'>;
  limits: MasterLimits;
  now: () => Date;
}

/** The query of a boot script that asks for the inventory, whatever the folder says: a line of a menu. */
export const INVENTORY = 'inventory';

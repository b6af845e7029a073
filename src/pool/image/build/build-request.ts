import type { LocatedRecipe } from './image-recipe.ts';

/** What an image is built from, and where. */
export interface BuildContext extends LocatedRecipe {
  /** the checkout: recipes/, overlay/ */
  repository: string;
  /** URL of a Debian mirror */
  mirror: string;
  /** URLs of rpm repositories */
  repositories: readonly string[];
  /** weak compression, for images that change hourly */
  isFast: boolean;
  /** the packed root goes into the ramdisk, for loaders that fetch two files and no more */
  isEmbedded: boolean;
  /** ends the build; steps that were done are kept */
  signal: AbortSignal;
}

/** What the root and parts steps leave in their directory. */
export const TREE = 'tree';
export const PACKAGES = 'packages';

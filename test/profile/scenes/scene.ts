/** What `make profile` makes ready without watching, and what it watches. */
export interface Scene extends AsyncDisposable {
  /** what is done, with how much of it */
  title: string;
  run(): Promise<void>;
}

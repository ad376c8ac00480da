// Every word of pinning.
export const texts = {
  title: 'Pin to dashboard',
  pinPage: 'Pin the page',
  where: 'Where to',
  existing: 'Existing dashboard',
  fresh: 'New dashboard',
  dashboard: 'Dashboard',
  name: 'Name',
  follow: 'Follow the report',
  followHint: 'The tile changes with the report. Otherwise it stays as the visual is now; its numbers are refreshed all the same.',
  pageHint: 'The whole page becomes one tile, as it is in the report at any time.',
  pin: 'Pin',
  cancel: 'Cancel',
  pinned: (name: string) => `Pinned to ${name}`,
  go: 'Go to dashboard',
  close: 'Close',
};

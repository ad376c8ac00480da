// Every word of the dashboard screen that is not data.
export const texts = {
  opens: (title: string) => `${title}, opens its report page`,
  more: (title: string) => `More options for ${title}`,
  refreshed: (when: string) => `Refreshed ${when}`,
  goToReport: 'Go to report',
  asTable: 'Show as a table',
  asVisual: 'Show as a visual',
  export: 'Export as CSV',
  saved: (path: string) => `Saved as ${path}`,
  offered: (name: string) => `${name} was given to the browser to save`,
  empty: 'Nothing is pinned to this dashboard yet.',
};

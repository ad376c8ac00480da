// The address of a work item in Azure DevOps. Ids are unique in an organization, so no project is needed.

/** `base` is the organization's address, with or without a slash at its end. */
export function workItemUrl(base: string, id: number): string {
  return `${base.replace(/\/+$/, '')}/_workitems/edit/${id}`;
}

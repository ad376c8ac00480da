// What was true of the sample's bugs at any time, counted from the REST protocol alone: every revision as the organization
// tells it, and the categories of the states of its types. Nothing of the product takes part.
import type { SampleOrganization } from './sample';

export interface Revision {
  id: number;
  rev: number;
  project: string;
  type: string;
  state: string;
  changed: string;
  priority: number | undefined;
  area: string;
  /** It lies in the recycle bin from here on; a restored item has a later revision. */
  deleted: boolean;
}

export interface History {
  revisions: Map<number, Revision[]>;
  /** The bugs that were open at an instant, by number, with the revision that was valid then. */
  openAt(instant: string): Map<number, Revision>;
}

interface Told { values: { id: number; rev: number; fields: Record<string, unknown> }[]; continuationToken: string; isLastBatch: boolean }
interface List<T> { value: T[] }

const fields = 'System.Id,System.Rev,System.TeamProject,System.WorkItemType,System.State,System.ChangedDate,System.AreaPath,System.IsDeleted,Microsoft.VSTS.Common.Priority';
const kept = new WeakMap<SampleOrganization, Promise<History>>();

/** Read once an organization. */
export function historyOf(sample: SampleOrganization): Promise<History> {
  const known = kept.get(sample) ?? read(sample);
  kept.set(sample, known);
  return known;
}

async function read(sample: SampleOrganization): Promise<History> {
  const revisions = new Map<number, Revision[]>();
  for (let token = ''; ;) {
    const page = await sample.ask<Told>(`_apis/wit/reporting/workitemrevisions?api-version=7.1&includeDeleted=true&fields=${fields}&continuationToken=${encodeURIComponent(token)}`);
    for (const { id, rev, fields: f } of page.values) {
      const own = revisions.get(id) ?? [];
      own.push({
        id, rev, project: String(f['System.TeamProject']), type: String(f['System.WorkItemType']), state: String(f['System.State']),
        changed: String(f['System.ChangedDate']), priority: f['Microsoft.VSTS.Common.Priority'] as number | undefined, area: String(f['System.AreaPath']),
        deleted: f['System.IsDeleted'] === true || f['System.IsDeleted'] === 'True',
      });
      revisions.set(id, own);
    }
    if (page.isLastBatch) break;
    token = page.continuationToken;
  }
  const open = await openStates(sample);
  return {
    revisions,
    openAt: (instant) => {
      const at = Date.parse(instant);
      const out = new Map<number, Revision>();
      for (const [id, all] of revisions) {
        const then = all.filter((r) => Date.parse(r.changed) <= at).sort((a, b) => a.rev - b.rev).at(-1);
        if (then && !then.deleted && open.has(`${then.project}\n${then.type}\n${then.state}`)) out.set(id, then);
      }
      return out;
    },
  };
}

/** The states of bugs that are neither Completed nor Removed, by project and type. */
async function openStates(sample: SampleOrganization): Promise<Set<string>> {
  const out = new Set<string>();
  for (const { name: project } of (await sample.ask<List<{ name: string }>>('_apis/projects?api-version=7.1')).value) {
    const at = encodeURIComponent(project);
    const all = await sample.ask<List<{ referenceName: string; workItemTypes: { name: string }[] }>>(`${at}/_apis/wit/workitemtypecategories?api-version=7.1`);
    for (const { name: type } of all.value.find((c) => c.referenceName === 'Microsoft.BugCategory')?.workItemTypes ?? []) {
      const states = await sample.ask<List<{ name: string; category: string }>>(`${at}/_apis/wit/workitemtypes/${encodeURIComponent(type)}/states?api-version=7.1`);
      for (const s of states.value) if (s.category !== 'Completed' && s.category !== 'Removed') out.add(`${project}\n${type}\n${s.name}`);
    }
  }
  return out;
}

/** The last instant of a day in UTC, the zone of the tests. */
export const endOf = (day: string) => `${day}T23:59:59.999Z`;

/** The day so many days before now, in UTC. */
export const daysAgo = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);

import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { People20Regular } from '@fluentui/react-icons/svg/people';
import { Person20Regular } from '@fluentui/react-icons/svg/person';
import { TaskListLtr20Regular } from '@fluentui/react-icons/svg/task-list-ltr';

const known = [
  [/work item/i, TaskListLtr20Regular],
  [/project|team/i, People20Regular],
  [/profile|identity/i, Person20Regular],
  [/keep/i, ArrowSync20Regular],
] as const;

/** A picture for a permission by its name; an eye for one that is new. */
export function PermissionIcon({ name }: { name: string }) {
  const Icon = known.find(([pattern]) => pattern.test(name))?.[1] ?? Eye20Regular;
  return <Icon aria-hidden="true" />;
}

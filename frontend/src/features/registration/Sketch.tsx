import { Here, Place, Press, Quiet, Tick, Typed, Words } from './sketchParts';
import { permissions, type Step } from './texts';

const pages = ['Overview', 'Authentication', 'API permissions', 'Certificates'];
const app = (page: string) => ({ path: `App registrations  ›  Sightline  ›  ${page}`, menu: pages, open: page });
const home = { menu: ['Overview', 'Users', 'Groups', 'App registrations'], open: 'App registrations' };

/** The drawing of a step: what to click is ringed, in its order. */
export function Sketch({ step }: { step: Step }) {
  const label = step.drawing;
  switch (step.id) {
    case 'new':
      return (
        <Place label={label} path="entra.microsoft.com  ›  Applications" {...home}>
          <Words strong x={138} y={54}>
            App registrations
          </Words>
          <Press x={138} y={70} w={130} text="+ New registration" />
          <Here x={133} y={66} w={140} n={1} />
          <Press quiet x={282} y={70} w={80} text="Endpoints" />
          <Quiet x={138} y={126}>
            Display name
          </Quiet>
          <Quiet x={318} y={126}>
            Application (client) ID
          </Quiet>
          <Words x={138} y={152}>
            Time sheets
          </Words>
          <Quiet x={318} y={152}>
            5b1f0c52-…
          </Quiet>
          <Words x={138} y={178}>
            Visitor book
          </Words>
          <Quiet x={318} y={178}>
            c07a91d4-…
          </Quiet>
        </Place>
      );
    case 'name':
      return (
        <Place label={label} path="App registrations  ›  Register an application" {...home}>
          <Words strong x={138} y={58}>
            Name
          </Words>
          <Typed x={138} y={68} w={220} text="Sightline" />
          <Here x={133} y={64} w={230} n={1} />
          <Words strong x={138} y={126}>
            Supported account types
          </Words>
          <Tick round on x={138} y={140}>
            Accounts in this organizational directory only
          </Tick>
          <Here x={133} y={134} w={282} h={24} n={2} />
          <Tick round on={false} x={138} y={168}>
            Accounts in any organizational directory
          </Tick>
          <Tick round on={false} x={138} y={192}>
            Personal Microsoft accounts only
          </Tick>
        </Place>
      );
    case 'redirect':
      return (
        <Place label={label} path="App registrations  ›  Register an application" {...home}>
          <Words strong x={138} y={58}>
            Redirect URI
          </Words>
          <Typed choice x={138} y={72} w={176} text="Public client/native (…)" />
          <Here x={133} y={68} w={186} n={1} />
          <Typed x={330} y={72} w={130} text="http://localhost" />
          <Here x={326} y={68} w={138} n={2} />
          <Quiet x={138} y={124}>
            Public client/native (mobile &amp; desktop), not Web and not
          </Quiet>
          <Quiet x={138} y={140}>
            Single-page application.
          </Quiet>
          <Press x={138} y={178} w={90} text="Register" />
          <Here x={133} y={174} w={100} n={3} />
        </Place>
      );
    case 'permissions':
      return (
        <Place label={label} {...app('API permissions')}>
          <Words strong x={138} y={54}>
            Azure DevOps
          </Words>
          <Quiet x={226} y={54}>
            Delegated permissions
          </Quiet>
          <Here x={219} y={42} w={136} h={18} n={1} />
          {permissions.map(({ name }, i) => (
            <Tick key={name} on x={138 + (i > 3 ? 92 : 0)} y={76 + (i % 4) * 24}>
              {name}
            </Tick>
          ))}
          <Tick on={false} x={336} y={76}>
            user_impersonation
          </Tick>
          <Here x={132} y={68} w={190} h={100} n={2} />
          <Press x={138} y={192} w={128} text="Add permissions" />
          <Here x={133} y={188} w={138} n={3} />
        </Place>
      );
    case 'public':
      return (
        <Place label={label} {...app('Authentication')}>
          <Words strong x={138} y={58}>
            Advanced settings
          </Words>
          <Words x={138} y={86}>
            Allow public client flows
          </Words>
          <Press x={326} y={70} w={50} text="Yes" />
          <Press quiet x={376} y={70} w={50} text="No" />
          <Here x={321} y={66} w={60} n={1} />
          <Quiet x={138} y={124}>
            Redirect URIs
          </Quiet>
          <Words x={138} y={146}>
            http://localhost
          </Words>
          <Press x={138} y={178} w={70} text="Save" />
          <Here x={133} y={174} w={80} n={2} />
        </Place>
      );
    case 'id':
      return (
        <Place label={label} {...app('Overview')}>
          <Words strong x={138} y={58}>
            Essentials
          </Words>
          <Quiet x={138} y={86}>
            Display name
          </Quiet>
          <Words x={268} y={86}>
            Sightline
          </Words>
          <Quiet x={138} y={116}>
            Application (client) ID
          </Quiet>
          <Words x={268} y={116}>
            4c2d81e6-0f3a-49b7-…
          </Words>
          <Here x={261} y={100} w={150} h={24} n={1} />
          <Quiet x={138} y={146}>
            Object ID
          </Quiet>
          <Quiet x={268} y={146}>
            not this one
          </Quiet>
          <Quiet x={138} y={176}>
            Directory (tenant) ID
          </Quiet>
          <Quiet x={268} y={176}>
            Sightline finds it itself
          </Quiet>
        </Place>
      );
  }
}

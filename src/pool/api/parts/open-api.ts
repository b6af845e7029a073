import { z } from 'zod';
import { ERRORS } from '../../../domain/errors.ts';
import { POOL_API } from '../../../domain/pool/api-path.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { PROBLEM_TYPE } from './problem-documents.ts';
import type { ApiRoute } from './route.ts';
import { parametersOf, ROUTE_EXAMPLES } from './route-examples.ts';

type Json = Record<string, unknown>;

/** The OpenAPI document (3.1) of these routes, made from the schemas that check what comes in. Pure. */
export function openApiDocument(routes: readonly ApiRoute[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = `${POOL_API}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Recon: the boot pool',
      version,
      description: 'What each machine boots. Changes carry If-Match with the revision that they were thought out on.',
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'recon token create' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-recon' },
      },
      schemas: {
        Failure: {
          type: 'object',
          description: 'a problem document (RFC 9457); after a stale change with both sides',
          required: ['type', 'title', 'status', 'detail', 'code', 'message'],
          properties: {
            ...{ type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
            code: { type: 'string', enum: [...Object.keys(ERRORS), 'internal'] },
            message: { type: 'string', description: 'the same as detail' },
            hint: { type: 'string', description: 'what to try' },
          },
        },
      },
    },
    paths,
  };
}

function operation(route: ApiRoute): Json {
  const { may, summary, params, query, body, reply, isChange, takesFile } = route;
  const shown = ROUTE_EXAMPLES[`${route.method} ${route.path}`];
  const said = parametersOf(route.path, shown?.path);
  const parameters = [...inputs(params, 'path', said), ...inputs(query, 'query', said), ...(isChange ? [IF_MATCH] : [])];
  return {
    summary,
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^A-Za-z]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')}`,
    'x-recon-may': may,
    security: may === 'anyone' ? [] : [{ token: [] }, { session: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(takesFile === undefined
      ? {}
      : { requestBody: { required: true, content: { [takesFile]: { schema: { type: 'string', format: 'binary' } } } } }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(body, 'input'), ...definedOnly({ example: shown?.body }) } },
          },
        }),
    responses: {
      200: {
        description: 'done',
        content: { [contentOf(route)]: { schema: jsonSchema(reply, 'output'), ...definedOnly({ example: shown?.reply }) } },
      },
      default: { description: 'refused, and why', content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Failure' } } } },
    },
  };
}

function contentOf({ path }: ApiRoute): string {
  return path === '/events' ? 'text/event-stream' : 'application/json';
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'revision that the change was thought out on, or *',
  schema: { type: 'string' },
  example: '12',
};

function inputs(schema: z.ZodType, where: 'path' | 'query', said: Readonly<Record<string, string>>): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    ...{ name, in: where, required: where === 'path' || required.includes(name), schema: property },
    ...definedOnly({ example: inputValue(said[name], property) }),
  }));
}

/** A number where the schema wants one: a path has none. */
function inputValue(text: string | undefined, property: Json): unknown {
  return text !== undefined && (property['type'] === 'integer' || property['type'] === 'number') ? Number(text) : text;
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

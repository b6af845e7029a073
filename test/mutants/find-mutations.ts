import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBreakOrContinueStatement,
  isCallExpression,
  isConditionalExpression,
  isExportDeclaration,
  isExpressionStatement,
  isIfStatement,
  isImportDeclaration,
  isInterfaceDeclaration,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isStringLiteral,
  isTemplateExpression,
  isThrowStatement,
  isTypeAliasDeclaration,
  isTypeNode,
  isVariableDeclaration,
  isWhileStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import type { Mutation } from './mutation.ts';
import { METHODS, OPERATORS } from './swaps.ts';

/**
 * Every small fault that a test of the file should notice. Left alone are types and imports, the words of logs and errors (a test that
 * repeats them proves nothing), and time limits of commands.
 */
export function mutationsOf(file: SourceFile): Mutation[] {
  const found = new Map<string, Mutation>();
  const visit = (node: Node, isProse: boolean): void => {
    if (isTypeNode(node) || isImportDeclaration(node) || isExportDeclaration(node)) return;
    if (isInterfaceDeclaration(node) || isTypeAliasDeclaration(node) || isTimeLimit(node)) return;
    for (const mutation of mutationsAt(node, file, isProse)) found.set(Object.values(mutation).join(), mutation);
    const prose = isProse || isSaid(node, file);
    node.forEachChild((child) => {
      if (!isNameOf(child, node)) visit(child, prose);
    });
  };
  visit(file, false);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function mutationsAt(node: Node, file: SourceFile, isProse: boolean): Mutation[] {
  const text = (part: Node): string => part.getText(file);
  const whole = (replacement: string): Mutation => swap(node, replacement);
  const swap = (part: Node, replacement: string): Mutation => ({ start: part.getStart(file), end: part.end, replacement });
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node))
    return isProse || text(node).length === 2 ? [] : [whole("''")];
  if (isNumericLiteral(node)) return isProse ? [] : [whole(`(${text(node)} + 1)`)];
  if (node.kind === SyntaxKind.TrueKeyword) return [whole('false')];
  if (node.kind === SyntaxKind.FalseKeyword) return [whole('true')];
  if (isIfStatement(node) || isWhileStatement(node)) return negated(node.expression, file);
  if (isConditionalExpression(node)) return negated(node.condition, file);
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) return [whole(text(node.operand))];
  if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) return counted(node, file);
  if (isBinaryExpression(node)) {
    const other = OPERATORS[text(node.operatorToken)];
    // V8 counts an operator, as it does `?.`, as a part of its right side, which `a ?? b` may never come to
    return other === undefined ? [] : [{ ...swap(node.operatorToken, other), executedAt: node.left.getStart(file) }];
  }
  if (isReturnStatement(node) || isThrowStatement(node) || isBreakOrContinueStatement(node)) return [whole(';')];
  if (isExpressionStatement(node)) return [whole(';')];
  if (isArrowFunction(node) && isCallOrAwait(node.body)) return [swap(node.body, 'undefined')];
  if (isPropertyAccessExpression(node)) {
    const { questionDotToken: optional } = node;
    return optional === undefined ? [] : [{ ...swap(optional, '!.'), executedAt: node.expression.getStart(file) }];
  }
  return isCallExpression(node) ? swappedMethod(node, file) : [];
}

/** A condition the other way round; a comparison has a mutation of its own. */
function negated(condition: Node, file: SourceFile): Mutation[] {
  const isOwn = isBinaryExpression(condition) && /^[!=]==$/.test(condition.operatorToken.getText(file));
  if (isOwn || (isPrefixUnaryExpression(condition) && condition.operator === SyntaxKind.ExclamationToken)) return [];
  return [{ start: condition.getStart(file), end: condition.end, replacement: `!(${condition.getText(file)})` }];
}

/** `i++` counts down, `-x` is `+x`. */
function counted(node: Node, file: SourceFile): Mutation[] {
  const text = node.getText(file);
  const other = text.replace(/^\+\+|\+\+$/, '--');
  const changed = other !== text ? other : text.replace(/^--|--$/, '++').replace(/^-(?!-)/, '+');
  return changed === text ? [] : [{ start: node.getStart(file), end: node.end, replacement: changed }];
}

/** `a.filter(f)` is `a`, `a.some(f)` is `a.every(f)`: what METHODS says of the name. */
function swappedMethod(call: Node, file: SourceFile): Mutation[] {
  if (!isCallExpression(call) || !isPropertyAccessExpression(call.expression)) return [];
  const { name, expression } = call.expression;
  const other = METHODS[name.text];
  if (other === undefined) return [];
  if (other === '') return [{ start: expression.end, end: call.end, replacement: '' }];
  return [{ start: name.getStart(file), end: name.end, replacement: other }];
}

function isCallOrAwait(node: Node): boolean {
  return isCallExpression(node) || isAwaitExpression(node);
}

/** Arguments are words for people: of a log, of an error (its code aside), of a schema's description. */
function isSaid(node: Node, file: SourceFile): boolean {
  if (isNewExpression(node)) return /Error$/.test(node.expression.getText(file));
  if (!isCallExpression(node)) return false;
  return /(^|\.)log\.\w+$|\.(meta|describe)$/.test(node.expression.getText(file));
}

/** A test cannot wait for another limit than that of the test itself. */
function isTimeLimit(node: Node): boolean {
  if (isVariableDeclaration(node)) return 'text' in node.name && /TIMEOUT/.test(String(node.name.text));
  return isPropertyAssignment(node) && /^(timeoutMs|highWaterMark)$/.test('text' in node.name ? String(node.name.text) : '');
}

function isNameOf(child: Node, parent: Node): boolean {
  return isPropertyAssignment(parent) && parent.name === child && child.kind !== SyntaxKind.ComputedPropertyName;
}

package io.nexus3.provider.sample.tool;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Works out an arithmetic expression of numbers, {@code + - * /} and parentheses. Decimal
 * arithmetic, so 0.1 + 0.2 is 0.3; a division is rounded to 34 digits. One per
 * expression; not thread-safe. <pre>
 * sum     = product { ("+" | "-") product }
 * product = factor { ("*" | "/") factor }
 * factor  = ("+" | "-") factor | "(" sum ")" | number
 * </pre>
 */
final class Expression {

	/** Both limits keep an expression that a model makes up from costing much. */
	private static final int MAX_LENGTH = 500;

	private static final int MAX_DEPTH = 50;

	private static final char END = '\0';

	private final String text;

	private int position;

	private int depth;

	private Expression(String text) {
		this.text = text;
	}

	/**
	 * Work out an expression.
	 * @param text the expression
	 * @return its value, without zeros at the end
	 * @throws ToolFailedException naming what is wrong and where
	 */
	static String evaluate(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new ToolFailedException("The expression is longer than %d characters".formatted(MAX_LENGTH));
		}
		Expression expression = new Expression(text);
		BigDecimal value = expression.sum();
		if (expression.peek() != END || expression.position < text.length()) {
			throw expression.expected("an operator or the end");
		}
		return (value.signum() == 0) ? "0" : value.stripTrailingZeros().toPlainString();
	}

	private BigDecimal sum() {
		BigDecimal value = product();
		while (true) {
			if (accept('+')) {
				value = value.add(product());
			}
			else if (accept('-')) {
				value = value.subtract(product());
			}
			else {
				return value;
			}
		}
	}

	private BigDecimal product() {
		BigDecimal value = factor();
		while (true) {
			if (accept('*')) {
				value = value.multiply(factor());
			}
			else if (accept('/')) {
				value = quotient(value, factor());
			}
			else {
				return value;
			}
		}
	}

	private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
		if (divisor.signum() == 0) {
			throw new ToolFailedException("Division by zero");
		}
		return dividend.divide(divisor, MathContext.DECIMAL128);
	}

	private BigDecimal factor() {
		if (++this.depth > MAX_DEPTH) {
			throw new ToolFailedException("The expression is nested deeper than %d levels".formatted(MAX_DEPTH));
		}
		BigDecimal value;
		if (accept('-')) {
			value = factor().negate();
		}
		else if (accept('+')) {
			value = factor();
		}
		else if (accept('(')) {
			value = sum();
			if (!accept(')')) {
				throw expected("')'");
			}
		}
		else {
			value = number();
		}
		this.depth--;
		return value;
	}

	private BigDecimal number() {
		peek();
		int start = this.position;
		int digits = digits();
		if (this.position < this.text.length() && this.text.charAt(this.position) == '.') {
			this.position++;
			digits += digits();
		}
		if (digits == 0) {
			this.position = start;
			throw expected("a number");
		}
		return new BigDecimal(this.text.substring(start, this.position));
	}

	private int digits() {
		int start = this.position;
		while (this.position < this.text.length() && isDigit(this.text.charAt(this.position))) {
			this.position++;
		}
		return this.position - start;
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private boolean accept(char wanted) {
		if (peek() != wanted) {
			return false;
		}
		this.position++;
		return true;
	}

	/**
	 * The next character that is no space, or {@link #END}.
	 */
	private char peek() {
		while (this.position < this.text.length() && Character.isWhitespace(this.text.charAt(this.position))) {
			this.position++;
		}
		return (this.position < this.text.length()) ? this.text.charAt(this.position) : END;
	}

	private ToolFailedException expected(String what) {
		String found = (this.position < this.text.length()) ? "'" + this.text.charAt(this.position) + "'" : "the end";
		return new ToolFailedException("Expected %s at position %d of \"%s\", but found %s. Only numbers, + - * / "
			.formatted(what, this.position + 1, this.text, found) + "and parentheses are understood");
	}

}

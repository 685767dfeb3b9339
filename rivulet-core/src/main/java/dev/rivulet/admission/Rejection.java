package dev.rivulet.admission;

/**
 * One item of a request that was not taken in.
 *
 * @param index its place in the request, from 0
 * @param reason why
 * @param detail names the value that is wrong and what would be right
 */
public record Rejection(int index, Refusal reason, String detail) {}

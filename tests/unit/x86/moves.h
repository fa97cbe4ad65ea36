/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions with what is expected of the decoder, for test_decode.c, which reads this twice: the assembler
 * makes the bytes, and with them the length, of the text; the rest becomes a table.
 *
 * MOVE(mode, text, operation, address): fields of struct x86_access and of its memory, in parentheses.
 * OTHER(mode, text): is refused.
 * GNU assembler, AT&T syntax: source, destination.
 */

#define RAX 0
#define RCX 1
#define RDX 2
#define RBX 3
#define RSP 4
#define RBP 5
#define RSI 6
#define RDI 7
#define R8  8
#define R12 12
#define R13 13
#define R15 15

/* clang-format off */
#define LOAD(bytes, number, ...) \
	(.kind = X86_LOAD, .size = bytes, .reg = number, .reg_size = bytes, ##__VA_ARGS__)
#define LOAD_ZX(bytes, number, to) (.kind = X86_LOAD, .size = bytes, .reg = number, .reg_size = to)
#define LOAD_SX(bytes, number, to) (.kind = X86_LOAD, .size = bytes, .reg = number, .reg_size = to, .sign_extend = true)
#define STORE(bytes, number, ...) (.kind = X86_STORE, .size = bytes, .reg = number, ##__VA_ARGS__)
#define STORE_IMM(bytes, value) (.kind = X86_STORE, .size = bytes, .reg = X86_NO_REG, .immediate = value)
#define HIGH .high_byte = true

#define NO_BASE X86_NO_REG
#define ADDRESS(seg, bytes, base_reg, offset) \
	(.segment = X86_##seg, .size = bytes, .base = base_reg, .index = X86_NO_REG, .displacement = (u64)(offset))
#define INDEXED(seg, bytes, base_reg, index_reg, by, offset) \
	(.segment = X86_##seg, .size = bytes, .base = base_reg, .index = index_reg, .shift = by, \
	 .displacement = (u64)(offset))
#define RIP(bytes, offset) \
	(.segment = X86_DS, .size = bytes, .base = NO_BASE, .index = X86_NO_REG, .rip_relative = true, \
	 .displacement = (u64)(offset))

/* Operations: ADDRESSES puts addresses between the two texts. */
#define OPERATIONS(mode, ADDRESSES)                                                  \
	ADDRESSES(mode, "movb %dl, ", "", STORE(1, RDX))                             \
	ADDRESSES(mode, "movw %si, ", "", STORE(2, RSI))                             \
	ADDRESSES(mode, "movl %ebp, ", "", STORE(4, RBP))                            \
	ADDRESSES(mode, "movb ", ", %bl", LOAD(1, RBX))                              \
	ADDRESSES(mode, "movw ", ", %cx", LOAD(2, RCX))                              \
	ADDRESSES(mode, "movl ", ", %esp", LOAD(4, RSP))                             \
	ADDRESSES(mode, "movb $0x7f, ", "", STORE_IMM(1, 0x7f))                      \
	ADDRESSES(mode, "movb $-2, ", "", STORE_IMM(1, -2ULL))                       \
	ADDRESSES(mode, "movw $0x1234, ", "", STORE_IMM(2, 0x1234))                  \
	ADDRESSES(mode, "movw $-3, ", "", STORE_IMM(2, -3ULL))                       \
	ADDRESSES(mode, "movl $0x12345678, ", "", STORE_IMM(4, 0x12345678))          \
	ADDRESSES(mode, "movl $0x87654321, ", "", STORE_IMM(4, 0xffffffff87654321))  \
	ADDRESSES(mode, "movzbw ", ", %dx", LOAD_ZX(1, RDX, 2))                      \
	ADDRESSES(mode, "movzbl ", ", %edi", LOAD_ZX(1, RDI, 4))                     \
	ADDRESSES(mode, "movzwl ", ", %ebx", LOAD_ZX(2, RBX, 4))                     \
	ADDRESSES(mode, "movsbw ", ", %sp", LOAD_SX(1, RSP, 2))                      \
	ADDRESSES(mode, "movsbl ", ", %ebp", LOAD_SX(1, RBP, 4))                     \
	ADDRESSES(mode, "movswl ", ", %eax", LOAD_SX(2, RAX, 4))

/* Registers that cannot be named together with REX. */
#define OPERATIONS_HIGH(mode, ADDRESSES)                         \
	ADDRESSES(mode, "movb %ah, ", "", STORE(1, RAX, HIGH))   \
	ADDRESSES(mode, "movb %ch, ", "", STORE(1, RCX, HIGH))   \
	ADDRESSES(mode, "movb ", ", %dh", LOAD(1, RDX, HIGH))    \
	ADDRESSES(mode, "movb ", ", %bh", LOAD(1, RBX, HIGH))

#define OPERATIONS_64(ADDRESSES)                                                     \
	ADDRESSES(64, "movq %rbx, ", "", STORE(8, RBX))                              \
	ADDRESSES(64, "movq %r13, ", "", STORE(8, R13))                              \
	ADDRESSES(64, "movl %r12d, ", "", STORE(4, R12))                             \
	ADDRESSES(64, "movw %r8w, ", "", STORE(2, R8))                               \
	ADDRESSES(64, "movb %r15b, ", "", STORE(1, R15))                             \
	ADDRESSES(64, "movb %spl, ", "", STORE(1, RSP))                              \
	ADDRESSES(64, "movb ", ", %dil", LOAD(1, RDI))                               \
	ADDRESSES(64, "movb ", ", %r12b", LOAD(1, R12))                              \
	ADDRESSES(64, "movw ", ", %r15w", LOAD(2, R15))                              \
	ADDRESSES(64, "movl ", ", %r8d", LOAD(4, R8))                                \
	ADDRESSES(64, "movq ", ", %rsi", LOAD(8, RSI))                               \
	ADDRESSES(64, "movq ", ", %r12", LOAD(8, R12))                               \
	ADDRESSES(64, "movq $0x12345678, ", "", STORE_IMM(8, 0x12345678))            \
	ADDRESSES(64, "movq $-5, ", "", STORE_IMM(8, -5ULL))                         \
	ADDRESSES(64, "movzbq ", ", %r8", LOAD_ZX(1, R8, 8))                         \
	ADDRESSES(64, "movzwq ", ", %rax", LOAD_ZX(2, RAX, 8))                       \
	ADDRESSES(64, "movsbq ", ", %rdx", LOAD_SX(1, RDX, 8))                       \
	ADDRESSES(64, "movswq ", ", %r13", LOAD_SX(2, R13, 8))                       \
	ADDRESSES(64, "movslq ", ", %rcx", LOAD_SX(4, RCX, 8))                       \
	ADDRESSES(64, "movslq ", ", %r15", LOAD_SX(4, R15, 8))

/* Addresses of each kind. */
#define ADDRESSES_16(mode, pre, post, op)                                            \
	MOVE(mode, pre "(%bx, %si)" post, op, INDEXED(DS, 2, RBX, RSI, 0, 0))        \
	MOVE(mode, pre "(%bx, %di)" post, op, INDEXED(DS, 2, RBX, RDI, 0, 0))        \
	MOVE(mode, pre "(%bp, %si)" post, op, INDEXED(SS, 2, RBP, RSI, 0, 0))        \
	MOVE(mode, pre "(%bp, %di)" post, op, INDEXED(SS, 2, RBP, RDI, 0, 0))        \
	MOVE(mode, pre "(%si)" post, op, ADDRESS(DS, 2, RSI, 0))                     \
	MOVE(mode, pre "(%di)" post, op, ADDRESS(DS, 2, RDI, 0))                     \
	MOVE(mode, pre "(%bx)" post, op, ADDRESS(DS, 2, RBX, 0))                     \
	MOVE(mode, pre "(%bp)" post, op, ADDRESS(SS, 2, RBP, 0))                     \
	MOVE(mode, pre "-3(%bx, %si)" post, op, INDEXED(DS, 2, RBX, RSI, 0, -3))     \
	MOVE(mode, pre "127(%bp, %di)" post, op, INDEXED(SS, 2, RBP, RDI, 0, 127))   \
	MOVE(mode, pre "-128(%bp)" post, op, ADDRESS(SS, 2, RBP, -128))              \
	MOVE(mode, pre "1(%di)" post, op, ADDRESS(DS, 2, RDI, 1))                    \
	MOVE(mode, pre "0x1234(%bx, %di)" post, op, INDEXED(DS, 2, RBX, RDI, 0, 0x1234)) \
	MOVE(mode, pre "-0x1234(%bp, %si)" post, op, INDEXED(SS, 2, RBP, RSI, 0, -0x1234)) \
	MOVE(mode, pre "0x4321(%bp)" post, op, ADDRESS(SS, 2, RBP, 0x4321))          \
	MOVE(mode, pre "0x4321(%si)" post, op, ADDRESS(DS, 2, RSI, 0x4321))          \
	MOVE(mode, pre "%es:(%di)" post, op, ADDRESS(ES, 2, RDI, 0))                 \
	MOVE(mode, pre "%ds:5(%bp)" post, op, ADDRESS(DS, 2, RBP, 5))                \
	MOVE(mode, pre "%gs:0x100(%bx)" post, op, ADDRESS(GS, 2, RBX, 0x100))

/* With 32-bit registers, in any mode. */
#define ADDRESSES_32(mode, pre, post, op)                                            \
	MOVE(mode, pre "(%eax)" post, op, ADDRESS(DS, 4, RAX, 0))                    \
	MOVE(mode, pre "(%esi)" post, op, ADDRESS(DS, 4, RSI, 0))                    \
	MOVE(mode, pre "(%esp)" post, op, ADDRESS(SS, 4, RSP, 0))                    \
	MOVE(mode, pre "(%ebp)" post, op, ADDRESS(SS, 4, RBP, 0))                    \
	MOVE(mode, pre "-1(%ecx)" post, op, ADDRESS(DS, 4, RCX, -1))                 \
	MOVE(mode, pre "0x40(%esp)" post, op, ADDRESS(SS, 4, RSP, 0x40))             \
	MOVE(mode, pre "0x12345678(%ebx)" post, op, ADDRESS(DS, 4, RBX, 0x12345678)) \
	MOVE(mode, pre "-0x1000(%ebp)" post, op, ADDRESS(SS, 4, RBP, -0x1000))       \
	MOVE(mode, pre "(%eax, %ecx)" post, op, INDEXED(DS, 4, RAX, RCX, 0, 0))      \
	MOVE(mode, pre "(%esp, %ebp, 2)" post, op, INDEXED(SS, 4, RSP, RBP, 1, 0))   \
	MOVE(mode, pre "(%ebp, %eax, 4)" post, op, INDEXED(SS, 4, RBP, RAX, 2, 0))   \
	MOVE(mode, pre "8(%edi, %esi, 8)" post, op, INDEXED(DS, 4, RDI, RSI, 3, 8))  \
	MOVE(mode, pre "-0x12345(%edx, %ebx, 4)" post, op, INDEXED(DS, 4, RDX, RBX, 2, -0x12345)) \
	MOVE(mode, pre "0x1000(, %edi, 8)" post, op, INDEXED(DS, 4, NO_BASE, RDI, 3, 0x1000)) \
	MOVE(mode, pre "0(, %ebp, 1)" post, op, INDEXED(DS, 4, NO_BASE, RBP, 0, 0))  \
	MOVE(mode, pre "%fs:(%eax)" post, op, ADDRESS(FS, 4, RAX, 0))                \
	MOVE(mode, pre "%gs:4(%ebp)" post, op, ADDRESS(GS, 4, RBP, 4))

/* Segment overrides that are without effect in 64-bit mode. */
#define ADDRESSES_32_SEGMENT(mode, pre, post, op)                                    \
	MOVE(mode, pre "%es:(%eax)" post, op, ADDRESS(ES, 4, RAX, 0))                \
	MOVE(mode, pre "%cs:(%eax, %edx, 2)" post, op, INDEXED(CS, 4, RAX, RDX, 1, 0)) \
	MOVE(mode, pre "%ss:(%edi)" post, op, ADDRESS(SS, 4, RDI, 0))                \
	MOVE(mode, pre "%ds:(%esp)" post, op, ADDRESS(DS, 4, RSP, 0))

#define ADDRESSES_64(mode, pre, post, op)                                            \
	MOVE(mode, pre "(%rax)" post, op, ADDRESS(DS, 8, RAX, 0))                    \
	MOVE(mode, pre "(%rsp)" post, op, ADDRESS(SS, 8, RSP, 0))                    \
	MOVE(mode, pre "(%rbp)" post, op, ADDRESS(SS, 8, RBP, 0))                    \
	MOVE(mode, pre "0x7f(%rdi)" post, op, ADDRESS(DS, 8, RDI, 0x7f))             \
	MOVE(mode, pre "-0x80000000(%rdx)" post, op, ADDRESS(DS, 8, RDX, -0x80000000LL)) \
	MOVE(mode, pre "0xb0(%rip)" post, op, RIP(8, 0xb0))                          \
	MOVE(mode, pre "-0x12345678(%rip)" post, op, RIP(8, -0x12345678LL))          \
	MOVE(mode, pre "0x11(%eip)" post, op, RIP(4, 0x11))                          \
	MOVE(mode, pre "%fs:0x28" post, op, ADDRESS(FS, 8, NO_BASE, 0x28))           \
	MOVE(mode, pre "-0xa00000" post, op, ADDRESS(DS, 8, NO_BASE, -0xa00000LL))   \
	MOVE(mode, pre "(%rax, %rcx)" post, op, INDEXED(DS, 8, RAX, RCX, 0, 0))      \
	MOVE(mode, pre "4(%rsp, %rbp, 4)" post, op, INDEXED(SS, 8, RSP, RBP, 2, 4))  \
	MOVE(mode, pre "(%rbp, %rax, 8)" post, op, INDEXED(SS, 8, RBP, RAX, 3, 0))   \
	MOVE(mode, pre "0x100(, %rdi, 2)" post, op, INDEXED(DS, 8, NO_BASE, RDI, 1, 0x100)) \
	MOVE(mode, pre "%gs:-4(%rbx, %rsi)" post, op, INDEXED(GS, 8, RBX, RSI, 0, -4))

#define ADDRESSES_64_REX(mode, pre, post, op)                                        \
	MOVE(mode, pre "(%r8)" post, op, ADDRESS(DS, 8, R8, 0))                      \
	MOVE(mode, pre "(%r12)" post, op, ADDRESS(DS, 8, R12, 0))                    \
	MOVE(mode, pre "(%r13)" post, op, ADDRESS(DS, 8, R13, 0))                    \
	MOVE(mode, pre "-8(%r12)" post, op, ADDRESS(DS, 8, R12, -8))                 \
	MOVE(mode, pre "0x12345678(%r15)" post, op, ADDRESS(DS, 8, R15, 0x12345678)) \
	MOVE(mode, pre "(%rax, %r12, 2)" post, op, INDEXED(DS, 8, RAX, R12, 1, 0))   \
	MOVE(mode, pre "(%r13, %r12, 4)" post, op, INDEXED(DS, 8, R13, R12, 2, 0))   \
	MOVE(mode, pre "0x55(%r12, %rbp, 8)" post, op, INDEXED(DS, 8, R12, RBP, 3, 0x55)) \
	MOVE(mode, pre "0x100(, %r13, 8)" post, op, INDEXED(DS, 8, NO_BASE, R13, 3, 0x100)) \
	MOVE(mode, pre "(%r15d, %r8d)" post, op, INDEXED(DS, 4, R15, R8, 0, 0))      \
	MOVE(mode, pre "0x99(%r13d)" post, op, ADDRESS(DS, 4, R13, 0x99))

#define ALL_OPERATIONS(mode, ADDRESSES) OPERATIONS(mode, ADDRESSES) OPERATIONS_HIGH(mode, ADDRESSES)

ALL_OPERATIONS(16, ADDRESSES_16)
ALL_OPERATIONS(16, ADDRESSES_32)
ALL_OPERATIONS(16, ADDRESSES_32_SEGMENT)
ALL_OPERATIONS(32, ADDRESSES_16)
ALL_OPERATIONS(32, ADDRESSES_32)
ALL_OPERATIONS(32, ADDRESSES_32_SEGMENT)
ALL_OPERATIONS(64, ADDRESSES_32)
ALL_OPERATIONS(64, ADDRESSES_64)
OPERATIONS(64, ADDRESSES_64_REX)
OPERATIONS_64(ADDRESSES_64)
OPERATIONS_64(ADDRESSES_64_REX)

/* Without registers in the address. */
MOVE(16, "movb %dl, 0x1234", STORE(1, RDX), ADDRESS(DS, 2, NO_BASE, 0x1234))
MOVE(16, "movl 0xf234, %ecx", LOAD(4, RCX), ADDRESS(DS, 2, NO_BASE, -0xdcc))
MOVE(16, ".byte 0x67, 0x89, 0x1d; .long 0x12345678", STORE(2, RBX), ADDRESS(DS, 4, NO_BASE, 0x12345678))
MOVE(32, "movw $5, 0xfee00300", STORE_IMM(2, 5), ADDRESS(DS, 4, NO_BASE, 0xfffffffffee00300))
MOVE(32, "movl 0xfee00020, %ebx", LOAD(4, RBX), ADDRESS(DS, 4, NO_BASE, 0xfffffffffee00020))
MOVE(16, "movb 0x1234, %al", LOAD(1, RAX), ADDRESS(DS, 2, NO_BASE, 0x1234))
MOVE(16, "movw 0x1234, %ax", LOAD(2, RAX), ADDRESS(DS, 2, NO_BASE, 0x1234))
MOVE(16, "movl %es:0x1234, %eax", LOAD(4, RAX), ADDRESS(ES, 2, NO_BASE, 0x1234))
MOVE(16, "movb %al, %fs:0x7000", STORE(1, RAX), ADDRESS(FS, 2, NO_BASE, 0x7000))
MOVE(16, "movw %ax, 0x1234", STORE(2, RAX), ADDRESS(DS, 2, NO_BASE, 0x1234))
MOVE(16, "movl %eax, 0x1234", STORE(4, RAX), ADDRESS(DS, 2, NO_BASE, 0x1234))
MOVE(16, ".byte 0x67, 0x66, 0xa3; .long 0x12345678", STORE(4, RAX), ADDRESS(DS, 4, NO_BASE, 0x12345678))
MOVE(32, "movb 0x12345678, %al", LOAD(1, RAX), ADDRESS(DS, 4, NO_BASE, 0x12345678))
MOVE(32, "movw 0x12345678, %ax", LOAD(2, RAX), ADDRESS(DS, 4, NO_BASE, 0x12345678))
MOVE(32, "movl 0xfee00020, %eax", LOAD(4, RAX), ADDRESS(DS, 4, NO_BASE, 0xfffffffffee00020))
MOVE(32, "movb %al, 0x12345678", STORE(1, RAX), ADDRESS(DS, 4, NO_BASE, 0x12345678))
MOVE(32, "movw %ax, %cs:0x12345678", STORE(2, RAX), ADDRESS(CS, 4, NO_BASE, 0x12345678))
MOVE(32, "movl %eax, 0xfee000b0", STORE(4, RAX), ADDRESS(DS, 4, NO_BASE, 0xfffffffffee000b0))
MOVE(32, ".byte 0x67, 0xa3; .short 0x1234", STORE(4, RAX), ADDRESS(DS, 2, NO_BASE, 0x1234))
MOVE(64, "movabs 0x123456789abcdef0, %al", LOAD(1, RAX), ADDRESS(DS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, "movabs 0x123456789abcdef0, %ax", LOAD(2, RAX), ADDRESS(DS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, "movabs 0xf23456789abcdef0, %eax", LOAD(4, RAX), ADDRESS(DS, 8, NO_BASE, 0xf23456789abcdef0))
MOVE(64, "movabs 0x123456789abcdef0, %rax", LOAD(8, RAX), ADDRESS(DS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, "movabs %al, 0x123456789abcdef0", STORE(1, RAX), ADDRESS(DS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, "movabs %ax, %gs:0x123456789abcdef0", STORE(2, RAX), ADDRESS(GS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, "movabs %eax, 0x123456789abcdef0", STORE(4, RAX), ADDRESS(DS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, "movabs %rax, 0x123456789abcdef0", STORE(8, RAX), ADDRESS(DS, 8, NO_BASE, 0x123456789abcdef0))
MOVE(64, ".byte 0x67, 0xa3, 0x78, 0x56, 0x34, 0x12", STORE(4, RAX), ADDRESS(DS, 4, NO_BASE, 0x12345678))

/* To 16 bits from 16 or less, and what else assemblers do not make of mnemonics. */
MOVE(32, ".byte 0x66, 0x0f, 0xb7, 0x06", LOAD(2, RAX), ADDRESS(DS, 4, RSI, 0))
MOVE(32, ".byte 0x66, 0x0f, 0xbf, 0x06", LOAD_SX(2, RAX, 2), ADDRESS(DS, 4, RSI, 0))
MOVE(64, ".byte 0x63, 0x06", LOAD_SX(4, RAX, 4), ADDRESS(DS, 8, RSI, 0))

/* Prefixes in each order that is allowed, and as often as it is. */
MOVE(64, ".byte 0x66, 0x67, 0x64, 0x41, 0x89, 0x07", STORE(2, RAX), ADDRESS(FS, 4, R15, 0))
MOVE(64, ".byte 0x67, 0x64, 0x66, 0x41, 0x89, 0x07", STORE(2, RAX), ADDRESS(FS, 4, R15, 0))
MOVE(64, ".byte 0x64, 0x66, 0x67, 0x41, 0x89, 0x07", STORE(2, RAX), ADDRESS(FS, 4, R15, 0))
MOVE(64, ".byte 0x65, 0x67, 0x66, 0x41, 0x89, 0x07", STORE(2, RAX), ADDRESS(GS, 4, R15, 0))
MOVE(64, ".byte 0x66, 0x66, 0x66, 0x89, 0x07", STORE(2, RAX), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x67, 0x67, 0x89, 0x07", STORE(4, RAX), ADDRESS(DS, 4, RDI, 0))
MOVE(64, ".byte 0x66, 0x48, 0x89, 0x07", STORE(8, RAX), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x40, 0x88, 0x27", STORE(1, RSP), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x48, 0x88, 0x27", STORE(1, RSP), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x42, 0x89, 0x44, 0x24, 0x10", STORE(4, RAX), INDEXED(SS, 8, RSP, R12, 0, 0x10))
/* REX before another prefix is ignored. */
MOVE(64, ".byte 0x4f, 0x66, 0x89, 0x07", STORE(2, RAX), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x48, 0x64, 0x89, 0x07", STORE(4, RAX), ADDRESS(FS, 8, RDI, 0))
MOVE(64, ".byte 0x40, 0x67, 0x88, 0x27", STORE(1, RAX, HIGH), ADDRESS(DS, 4, RDI, 0))
MOVE(64, ".byte 0x4f, 0x66, 0x48, 0x89, 0x07", STORE(8, RAX), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x4f, 0x41, 0x89, 0x07", STORE(4, RAX), ADDRESS(DS, 8, R15, 0))
MOVE(64, ".byte 0x48, 0xf3, 0xaa", STORE(1, RAX, .string = true, .repeat = true), ADDRESS(ES, 8, RDI, 0))
/* The last segment counts; those that have no effect do not. */
MOVE(32, ".byte 0x64, 0x26, 0x89, 0x07", STORE(4, RAX), ADDRESS(ES, 4, RDI, 0))
MOVE(32, ".byte 0x26, 0x65, 0x89, 0x07", STORE(4, RAX), ADDRESS(GS, 4, RDI, 0))
MOVE(64, ".byte 0x64, 0x26, 0x89, 0x07", STORE(4, RAX), ADDRESS(FS, 8, RDI, 0))
MOVE(64, ".byte 0x2e, 0x89, 0x07", STORE(4, RAX), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x3e, 0x89, 0x45, 0x00", STORE(4, RAX), ADDRESS(SS, 8, RBP, 0))
MOVE(64, ".byte 0x36, 0x89, 0x07", STORE(4, RAX), ADDRESS(DS, 8, RDI, 0))
/* As long as it gets. */
MOVE(64, ".byte 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x89, 0x07",
     STORE(2, RAX), ADDRESS(DS, 8, RDI, 0))
MOVE(64, ".byte 0x66, 0x67; movq $0x12345678, %fs:0x11223344(%rax, %r12, 8)",
     STORE_IMM(8, 0x12345678), INDEXED(FS, 4, RAX, R12, 3, 0x11223344))

/* String instructions. */
#define STOS(bytes, ...) STORE(bytes, RAX, .string = true, ##__VA_ARGS__)
#define SOURCE(seg, bytes) \
	.source = { .segment = X86_##seg, .size = bytes, .base = RSI, .index = X86_NO_REG }
#define MOVS(bytes, seg, address_size, ...) \
	(.kind = X86_COPY, .size = bytes, .reg = X86_NO_REG, .string = true, SOURCE(seg, address_size), ##__VA_ARGS__)
#define TO_DI(bytes) ADDRESS(ES, bytes, RDI, 0)
#define REP .repeat = true

MOVE(16, "stosb", STOS(1), TO_DI(2))
MOVE(16, "stosw", STOS(2), TO_DI(2))
MOVE(16, "stosl", STOS(4), TO_DI(2))
MOVE(16, "rep stosw", STOS(2, REP), TO_DI(2))
MOVE(16, ".byte 0x67; rep stosl", STOS(4, REP), TO_DI(4))
MOVE(32, "stosb", STOS(1), TO_DI(4))
MOVE(32, "stosw", STOS(2), TO_DI(4))
MOVE(32, "rep stosl", STOS(4, REP), TO_DI(4))
MOVE(32, ".byte 0x67; stosl", STOS(4), TO_DI(2))
MOVE(64, "stosb", STOS(1), TO_DI(8))
MOVE(64, "stosw", STOS(2), TO_DI(8))
MOVE(64, "stosl", STOS(4), TO_DI(8))
MOVE(64, "stosq", STOS(8), TO_DI(8))
MOVE(64, "rep stosb", STOS(1, REP), TO_DI(8))
MOVE(64, "rep stosq", STOS(8, REP), TO_DI(8))
MOVE(64, ".byte 0x67; stosl", STOS(4), TO_DI(4))
MOVE(64, ".byte 0x64, 0xab", STOS(4), TO_DI(8))
MOVE(16, "movsb", MOVS(1, DS, 2), TO_DI(2))
MOVE(16, "movsw", MOVS(2, DS, 2), TO_DI(2))
MOVE(16, "rep movsl %es:(%si), %es:(%di)", MOVS(4, ES, 2, REP), TO_DI(2))
MOVE(32, "movsb", MOVS(1, DS, 4), TO_DI(4))
MOVE(32, "movsw %fs:(%esi), %es:(%edi)", MOVS(2, FS, 4), TO_DI(4))
MOVE(32, "rep movsl", MOVS(4, DS, 4, REP), TO_DI(4))
MOVE(32, ".byte 0x67; movsl", MOVS(4, DS, 2), TO_DI(2))
MOVE(64, "movsb", MOVS(1, DS, 8), TO_DI(8))
MOVE(64, "movsw", MOVS(2, DS, 8), TO_DI(8))
MOVE(64, "movsl", MOVS(4, DS, 8), TO_DI(8))
MOVE(64, "movsq", MOVS(8, DS, 8), TO_DI(8))
MOVE(64, "rep movsb", MOVS(1, DS, 8, REP), TO_DI(8))
MOVE(64, "rep movsl", MOVS(4, DS, 8, REP), TO_DI(8))
MOVE(64, ".byte 0x65; rep movsq", MOVS(8, GS, 8, REP), TO_DI(8))
MOVE(64, ".byte 0x67; rep movsl", MOVS(4, DS, 4, REP), TO_DI(4))

/* No memory. */
OTHER(64, "movl %eax, %ebx")
OTHER(64, "movq $5, %rax")
OTHER(64, "movl $5, %eax")
OTHER(64, "movzbl %al, %eax")
OTHER(64, "movslq %eax, %rbx")
OTHER(16, "movb %ah, %al")
OTHER(32, "nop")
OTHER(64, "pause")
OTHER(64, "hlt")
OTHER(64, "ud2")
OTHER(64, "leaq 4(%rax), %rbx")
OTHER(64, "nopl 4(%rax)")
/* Memory is read and written. */
OTHER(64, "xchgl %eax, (%rdi)")
OTHER(64, "xchgb %al, (%rdi)")
OTHER(64, "xaddl %eax, (%rdi)")
OTHER(64, "cmpxchgl %eax, (%rdi)")
OTHER(64, "lock cmpxchg8b (%rdi)")
OTHER(64, "lock orl $1, (%rdi)")
OTHER(64, "addl %eax, (%rdi)")
OTHER(32, "orb $1, (%edi)")
OTHER(16, "andw $1, (%di)")
OTHER(64, "incl (%rdi)")
OTHER(64, "notq (%rdi)")
OTHER(64, "btsl $1, (%rdi)")
OTHER(64, "shll $1, (%rdi)")
OTHER(64, "sete (%rdi)")
/* Memory is read, and more is done with it than a move. */
OTHER(64, "addl (%rdi), %eax")
OTHER(64, "testl %eax, (%rdi)")
OTHER(64, "testb $1, (%rdi)")
OTHER(64, "cmpl $1, (%rdi)")
OTHER(64, "btl $1, (%rdi)")
OTHER(64, "cmovel (%rdi), %eax")
OTHER(64, "imull (%rdi), %eax")
OTHER(64, "popcntl (%rdi), %eax")
OTHER(64, "bsfl (%rdi), %eax")
OTHER(64, "tzcntl (%rdi), %eax")
OTHER(64, "jmp *(%rdi)")
OTHER(64, "call *(%rdi)")
OTHER(64, "pushq (%rdi)")
OTHER(64, "popq (%rdi)")
OTHER(32, "pushl (%edi)")
OTHER(64, "lgdt (%rdi)")
OTHER(64, "sidt (%rdi)")
OTHER(64, "invlpg (%rdi)")
OTHER(64, "prefetcht0 (%rdi)")
OTHER(64, "clflush (%rdi)")
OTHER(64, "fxsave (%rdi)")
OTHER(64, "xsave (%rdi)")
OTHER(32, "lesl (%edi), %eax")
OTHER(32, "ldsl (%edi), %eax")
OTHER(32, ".byte 0x62, 0x07") /* BOUND */
OTHER(32, "arpl %ax, (%edi)")
OTHER(32, "arpl %ax, (%di)")
OTHER(16, "arpl %ax, (%di)")
OTHER(64, "lfs (%rdi), %eax")
/* Segment, control and debug registers. */
OTHER(64, "movw %ds, (%rdi)")
OTHER(64, "movw (%rdi), %es")
OTHER(32, "movw %fs, (%edi)")
OTHER(64, "movq %cr0, %rax")
OTHER(64, "movq %rax, %dr7")
/* Moves of other kinds. */
OTHER(64, "movbel (%rdi), %eax")
OTHER(64, "movbel %eax, (%rdi)")
OTHER(64, "movntil %eax, (%rdi)")
OTHER(64, "movdiri %eax, (%rdi)")
OTHER(64, "movdir64b (%rdi), %rax")
OTHER(64, "movd (%rdi), %mm0")
OTHER(64, "movq %mm0, (%rdi)")
OTHER(64, "movd (%rdi), %xmm0")
OTHER(64, "movq %xmm0, (%rdi)")
OTHER(64, "movss (%rdi), %xmm0")
OTHER(64, "movsd %xmm0, (%rdi)")
OTHER(64, "movups (%rdi), %xmm0")
OTHER(64, "movdqa %xmm0, (%rdi)")
OTHER(64, "movntdq %xmm0, (%rdi)")
OTHER(64, "pinsrw $1, (%rdi), %xmm0")
OTHER(64, "vmovdqu (%rdi), %ymm0")
OTHER(64, "vmovd %xmm0, (%rdi)")
OTHER(32, "vmovdqu (%edi), %ymm0")
OTHER(64, "vmovdqu64 (%rdi), %zmm0")
OTHER(64, "fldl (%rdi)")
OTHER(64, "fstpl (%rdi)")
OTHER(64, "fistpl (%rdi)")
/* Other string and port instructions. */
OTHER(64, "lodsl")
OTHER(64, "scasl")
OTHER(64, "repne scasb")
OTHER(64, "cmpsl")
OTHER(64, "rep insl")
OTHER(64, "rep outsb")
OTHER(64, "inl %dx, %eax")
OTHER(64, "outb %al, $0x80")
OTHER(64, "xlat")
/* Prefixes that change the instruction, or have no meaning with it. */
OTHER(64, ".byte 0xf0, 0x89, 0x07")
OTHER(64, ".byte 0xf0, 0x48, 0x89, 0x07")
OTHER(64, ".byte 0xf0, 0x8b, 0x07")
OTHER(64, ".byte 0xf0, 0xaa")
OTHER(64, ".byte 0xf2, 0x89, 0x07")
OTHER(64, ".byte 0xf3, 0x89, 0x07")
OTHER(64, ".byte 0xf3, 0x66, 0x89, 0x07")
OTHER(64, ".byte 0xf2, 0xc7, 0x07, 0x01, 0x00, 0x00, 0x00")
OTHER(64, ".byte 0xf3, 0x0f, 0xb7, 0x07")
OTHER(64, ".byte 0xf3, 0xa2, 1, 2, 3, 4, 5, 6, 7, 8")
OTHER(64, ".byte 0xf2, 0xaa")
OTHER(64, ".byte 0xf2, 0xa5")
OTHER(64, ".byte 0xf2, 0xf3, 0xa5")
OTHER(64, ".byte 0x66, 0x63, 0x06")
OTHER(64, ".byte 0xc7, 0x4f, 0x08, 1, 0, 0, 0")
OTHER(64, ".byte 0xc6, 0x7f, 0x08, 1")
OTHER(64, "xbegin .")
/* In other modes these bytes are INC and DEC, not REX. */
OTHER(32, ".byte 0x48, 0x89, 0x07")
OTHER(16, ".byte 0x40, 0x88, 0x07")
/* 16 bytes. */
OTHER(64, ".byte 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x89, 0x07")
OTHER(64, ".byte 0x66, 0x66, 0x66, 0x66; movq $0x12345678, %fs:0x11223344(%eax, %r12d, 8)")
/* clang-format on */

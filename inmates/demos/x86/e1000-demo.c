// SPDX-License-Identifier: GPL-2.0-only
/*
 * Asks by ARP for the gateway of QEMU's user network, ten times a second, and counts the answers.
 *
 * Options: ip= and own-ip= as 32-bit numbers (default 0x0a000202, 0x0a00020f)
 */
#include "e1000.h"

CMDLINE_BUFFER(256);

#define ETH_TYPE_ARP 0x0806
#define ARP_ETHERNET 1
#define ARP_IPV4     0x0800
#define ARP_REQUEST  1
#define ARP_REPLY    2
#define FRAME_MIN    60

/* RFC 826, for IPv4 over Ethernet; big-endian */
struct arp_frame {
	u8 destination[6], source[6];
	u16 type;
	u16 hardware, protocol;
	u8 hardware_len, protocol_len;
	u16 operation;
	u8 sender_mac[6];
	u32 sender_ip;
	u8 target_mac[6];
	u32 target_ip;
	u8 padding[FRAME_MIN - 42];
} __attribute__((packed));

static struct arp_frame request;
static u32 target_ip;
static unsigned int sent, answered;

static u16 big_endian16(u16 value)
{
	return __builtin_bswap16(value);
}

static u32 big_endian32(u32 value)
{
	return __builtin_bswap32(value);
}

static void prepare_request(void)
{
	target_ip = big_endian32(cmdline_parse_int("ip", 0x0a000202));
	memset(request.destination, 0xff, sizeof(request.destination));
	e1000_get_mac(request.source);
	request.type = big_endian16(ETH_TYPE_ARP);
	request.hardware = big_endian16(ARP_ETHERNET);
	request.protocol = big_endian16(ARP_IPV4);
	request.hardware_len = sizeof(request.sender_mac);
	request.protocol_len = sizeof(request.sender_ip);
	request.operation = big_endian16(ARP_REQUEST);
	e1000_get_mac(request.sender_mac);
	request.sender_ip = big_endian32(cmdline_parse_int("own-ip", 0x0a00020f));
	request.target_ip = target_ip;
}

static bool is_answer(const struct arp_frame *frame, unsigned int len)
{
	return len >= FRAME_MIN - sizeof(frame->padding) &&
	       frame->type == big_endian16(ETH_TYPE_ARP) &&
	       frame->operation == big_endian16(ARP_REPLY) && frame->sender_ip == target_ip;
}

static void poll_frames(void)
{
	static u8 frame[E1000_FRAME_MAX];
	unsigned int len;

	for (len = e1000_receive(frame); len; len = e1000_receive(frame))
		if (is_answer((struct arp_frame *)frame, len))
			answered++;
}

static void serve_ms(unsigned int ms)
{
	while (ms-- > 0) {
		poll_frames();
		if (comm_handle_message(true)) {
			e1000_stop();
			printk("Stopped by request\n");
			comm_shut_down();
		}
		delay_us(1000);
	}
}

static void ask_tenfold(void)
{
	unsigned int n;

	for (n = 0; n < 10; n++) {
		if (e1000_send(&request, sizeof(request)))
			sent++;
		serve_ms(100);
	}
	printk("ARP requests sent: %u, answered: %u\n", sent, answered);
}

void inmate_main(void)
{
	const u8 *mac = request.source;

	pci_init();
	if (!e1000_init()) {
		printk("No 82574L (8086:10d3)\n");
		while (!comm_handle_message(true))
			delay_us(1000);
		comm_shut_down();
	}
	prepare_request();
	printk("MAC address %02x:%02x:%02x:%02x:%02x:%02x\n", mac[0], mac[1], mac[2], mac[3],
	       mac[4], mac[5]);
	while (!e1000_link_up())
		serve_ms(1);
	printk("Link is up\n");
	while (1)
		ask_tenfold();
}

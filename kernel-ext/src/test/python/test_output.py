"""What cells and their threads print."""

import time


def text(out, name="stdout"):
    return "".join(m["text"] for m in out.of("stream") if m["name"] == name)


def test_many_lines_come_in_few_messages_and_in_order(kernel):
    out = kernel.run("for (int i = 0; i < 100_000; i++) { System.out.println(i); }")
    assert text(out) == "".join(f"{i}\n" for i in range(100_000))
    assert len(out.of("stream")) < 40


def test_output_appears_while_the_cell_runs(kernel):
    request = kernel.send('System.out.println("now"); Thread.sleep(3000);')
    began = time.monotonic()
    message = kernel.wait_for("stream")
    assert message["content"]["text"] == "now\n" and time.monotonic() - began < 2
    kernel.finish(request)


def test_order_is_kept_between_streams_and_displays(kernel):
    out = kernel.run('System.out.print("a"); System.err.print("b"); System.out.print("c"); display("d"); '
                     'System.out.print("e");\n"f"')
    kinds = [m["content"].get("text") or m["content"]["data"]["text/plain"] for m in out.messages
             if m["msg_type"] in ("stream", "display_data", "execute_result")]
    assert kinds == ["a", "b", "c", "d", "e", "f"]


def test_a_threads_output_reaches_the_cell_that_started_it(kernel):
    first = kernel.send('new Thread(() -> { try { Thread.sleep(700); } catch (InterruptedException e) { } '
                        'System.out.println("late"); }).start();')
    kernel.reply(first)
    second = kernel.send("Thread.sleep(1500);")
    message = kernel.wait_for("stream")
    assert message["content"]["text"] == "late\n"
    assert message["parent_header"]["msg_id"] == first
    kernel.reply(second)


def test_output_after_the_last_cell_is_not_lost(kernel):
    request = kernel.send('CompletableFuture.runAsync(() -> { try { Thread.sleep(500); } catch (InterruptedException e) '
                          '{ } System.out.println("pool"); });')
    kernel.reply(request)
    message = kernel.wait_for("stream")
    assert message["content"]["text"] == "pool\n" and message["parent_header"]["msg_id"] == request


def test_headless_output_of_a_thread_goes_to_the_cell_that_runs(headless):
    first = headless.send('new Thread(() -> { try { Thread.sleep(600); } catch (InterruptedException e) { } '
                          'System.out.println("late"); }).start();')
    headless.reply(first)
    assert text(headless.run("Thread.sleep(1200);")) == "late\n"


def test_ten_megabytes_are_cut_with_a_note(kernel):
    out = kernel.run('String line = "x".repeat(99); for (int i = 0; i < 100_000; i++) { System.out.println(line); }')
    assert 4e6 < len(text(out)) < 4.3e6
    assert text(out, "stderr").strip() == "\u2026 cut here: this cell printed more than 4096 KB"
    assert text(kernel.run('System.out.println("next")')) == "next\n"


def test_letters_outside_ascii_arrive_whole(kernel):
    out = kernel.run('for (int i = 0; i < 30_000; i++) { System.out.print("\u00e4\u221e\U0001d53d"); }')
    assert text(out) == "\u00e4\u221e\U0001d53d" * 30_000


def test_many_threads_lose_nothing(kernel):
    out = kernel.run("IntStream.range(0, 2000).parallel().forEach(i -> System.out.println(i));")
    assert sorted(int(i) for i in text(out).split()) == list(range(2000))


def test_a_front_end_that_is_slow_misses_nothing(kernel):
    """ZeroMQ drops what a subscriber does not take, by default from a thousand messages on."""
    request = kernel.send("for (int i = 0; i < 6000; i++) { display(i); }")
    kernel.reply(request)
    time.sleep(1)
    shown = []
    while len(shown) < 6000:
        message = kernel.client.get_iopub_msg(timeout=10)
        if message["msg_type"] == "display_data":
            shown.append(int(message["content"]["data"]["text/plain"]))
    assert shown == list(range(6000))

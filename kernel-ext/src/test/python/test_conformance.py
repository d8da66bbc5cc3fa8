"""The kernel against Jupyter's own conformance tests, and what these leave out."""

import time

import jupyter_kernel_test


class TestConformance(jupyter_kernel_test.KernelTests):
    kernel_name = "reprise"
    language_name = "Java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world")'
    code_stderr = 'System.err.println("oops")'
    completion_samples = [
        {"text": "Math.sign", "matches": {"signum("}},
        {"text": 'String s = "abc"; s.lastIn', "matches": {"lastIndexOf("}},
    ]
    complete_code_samples = ["1 + 1", "int x = 1;", "for (int i = 0; i < 3; i++) { }", "", "// note", "%time 1 + 1"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "int f(int a) {\n  return", "Math.max(1,"]
    invalid_code_samples = ["int = 5 )", "}", "int x = = 3;"]
    code_generate_error = 'throw new IllegalStateException("on purpose")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": "6 * 7", "result": "42"},
        {"code": "List.of(1, 2).size() + 40", "result": "42"},
    ]
    code_display_data = [{"code": 'display("shown")', "mime": "text/plain"}]
    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.abs"
    code_clear_output = "clearOutput(false)"
    test_pager = None  # nothing pages here: documentation is shown by Shift-Tab


class TestRequests:
    def test_silent_cells_show_and_count_nothing(self, kernel):
        before = kernel.run("1").of("execute_input")[0]["execution_count"]
        request = kernel.client.execute("int quiet = 3; quiet", silent=True)
        out = kernel.finish(request)
        assert out.messages == [] or {m["msg_type"] for m in out.messages} == {"status"}
        after = kernel.run("quiet")
        assert after.text == "3" and after.of("execute_input")[0]["execution_count"] == before + 1

    def test_user_expressions_are_evaluated_after_the_cell(self, kernel):
        request = kernel.client.execute("int u = 20;", user_expressions={"good": "u + 1", "bad": "nothing + 1"})
        reply = kernel.finish(request).reply
        assert reply["user_expressions"]["good"]["status"] == "ok"
        assert reply["user_expressions"]["good"]["data"]["text/plain"] == "21"
        assert reply["user_expressions"]["bad"]["status"] == "error"
        assert reply["user_expressions"]["bad"]["ename"] == "CompilationException"

    def test_a_failing_cell_stops_run_all(self, kernel):
        requests = [kernel.send(code) for code in ("int a1 = 1;", 'throw new Exception("stop")', "a1 = 2", "a1 = 3")]
        assert [kernel.reply(r)["status"] for r in requests] == ["ok", "error", "aborted", "aborted"]
        assert kernel.run("a1").text == "1"

    def test_a_cell_sent_after_the_failure_was_seen_runs(self, kernel):
        for _ in range(5):
            kernel.run('throw new Exception("stop")')
            assert kernel.run("1 + 1").text == "2"

    def test_without_stop_on_error_the_queue_goes_on(self, kernel):
        requests = [kernel.client.execute("nonsense(", stop_on_error=False), kernel.send("a1")]
        assert [kernel.reply(r)["status"] for r in requests] == ["error", "ok"]

    def test_input_is_asked_for_and_returned(self, kernel):
        code = "var line = new Scanner(System.in).nextLine();\nline.toUpperCase()"
        request = kernel.client.execute(code, allow_stdin=True)
        asked = kernel.client.get_stdin_msg(timeout=20)
        assert asked["msg_type"] == "input_request"
        kernel.client.input("typed")
        assert kernel.finish(request).text == "TYPED"

    def test_waiting_for_input_can_be_interrupted(self, kernel):
        request = kernel.client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
        kernel.client.get_stdin_msg(timeout=20)
        kernel.manager.interrupt_kernel()
        assert kernel.finish(request).error["ename"] == "EvaluationInterruptedException"
        assert kernel.run("1 + 1").text == "2"

    def test_input_is_asked_for_again_after_each_interrupt(self, kernel):
        for moment in range(10):
            request = kernel.client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
            kernel.client.get_stdin_msg(timeout=20)
            time.sleep(moment * 0.005)
            kernel.manager.interrupt_kernel()
            assert kernel.finish(request).error["ename"] == "EvaluationInterruptedException"

    def test_comm_info_has_a_status(self, kernel):
        request = kernel.client.comm_info()
        reply = kernel.reply(request)
        assert reply["status"] == "ok" and "comms" in reply

    def test_a_display_can_be_updated(self, kernel):
        out = kernel.run('var id = display("one");\nupdateDisplay(id, "two");')
        assert out.of("display_data")[0]["data"]["text/plain"] == "one"
        update = out.of("update_display_data")[0]
        assert update["data"]["text/plain"] == "two"
        assert update["transient"] == out.of("display_data")[0]["transient"]

    def test_an_answer_takes_no_time_of_its_own(self, kernel):
        kernel.reply(kernel.client.kernel_info())
        began = time.monotonic()
        for _ in range(10):
            kernel.reply(kernel.client.kernel_info())
        assert (time.monotonic() - began) / 10 < 0.05

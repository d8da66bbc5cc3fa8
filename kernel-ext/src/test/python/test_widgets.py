"""Sliders, choices, check boxes and steppers, as a front end sees them: comms of ipywidgets."""

SLIDER = ('interact("ratio", 0.5, 3.0, 1.0, v -> {\n'
          '  if (v > 2.9) throw new IllegalStateException("too <large>");\n'
          '  return Figure.titled("ratio " + v).line("a", new double[]{0, 1}, new double[]{0, v});\n'
          "})")

COMBINED = ('enum Shape { ROUND, FLAT }\n'
            'interact(Slider.of("sigma", 0.1, 2, 1), Choice.of("kernel", "gauss", "laplace"), Toggle.of("log", false),\n'
            '    Choice.of("shape", Map.of("flat", Shape.FLAT)),\n'
            '    (sigma, kernel, log, shape) -> kernel.toUpperCase() + " " + sigma * 2 + (log ? " log" : "") + " " + shape)')


class TestInteract:
    def test_headless_leaves_only_the_picture(self, headless):
        out = headless.run(SLIDER)
        assert out.of("comm_open") == []
        assert len(out.shown) == 1
        assert set(out.shown[0]["data"]) == {"text/plain", "image/png", "image/svg+xml"}
        assert out.shown[0]["metadata"]["image/png"]["alt"].startswith("ratio 1.0.")

    def test_a_moved_slider_replaces_the_picture(self, kernel):
        slider, picture = self.show(kernel)
        kernel.comm(slider, {"method": "update", "state": {"value": 2.0}, "buffer_paths": []})
        update = kernel.wait_for("update_display_data")["content"]
        assert update["transient"]["display_id"] == picture["transient"]["display_id"]
        assert update["data"]["text/plain"].startswith("ratio 2.0.")
        assert update["data"]["image/png"] != picture["data"]["image/png"]

    def test_the_last_of_many_values_wins(self, kernel):
        slider, _ = self.show(kernel)
        for i in range(30):
            kernel.comm(slider, {"method": "update", "state": {"value": 0.5 + i / 20}, "buffer_paths": []})
        last = ""
        while not last.startswith("ratio 1.95."):
            last = kernel.wait_for("update_display_data")["content"]["data"]["text/plain"]
        assert kernel.silent("update_display_data", 1)

    def test_an_error_is_shown_in_place_and_the_slider_lives_on(self, kernel):
        slider, picture = self.show(kernel)
        kernel.comm(slider, {"method": "update", "state": {"value": 3.0}, "buffer_paths": []})
        failed = kernel.wait_for("update_display_data")["content"]
        assert failed["data"]["text/plain"] == "IllegalStateException: too <large>"
        assert "too &lt;large&gt;" in failed["data"]["text/html"]
        kernel.comm(slider, {"method": "update", "state": {"value": 1.5}, "buffer_paths": []})
        assert kernel.wait_for("update_display_data")["content"]["data"]["text/plain"].startswith("ratio 1.5.")

    def test_a_reloaded_page_finds_the_slider_where_it_was(self, kernel):
        slider, _ = self.show(kernel)
        kernel.comm(slider, {"method": "update", "state": {"value": 2.5}, "buffer_paths": []})
        kernel.wait_for("update_display_data")
        control = "f" * 32
        session = kernel.client.session
        kernel.client.shell_channel.send(session.msg("comm_open", {
            "comm_id": control, "target_name": "jupyter.widget.control", "data": {}}))
        kernel.comm(control, {"method": "request_states"})
        while True:
            content = kernel.wait_for("comm_msg")["content"]
            if content["comm_id"] == control:
                break
        model = content["data"]["states"][slider]
        assert model["model_name"] == "FloatSliderModel" and model["state"]["value"] == 2.5

    def test_malformed_messages_do_no_harm(self, kernel):
        slider, _ = self.show(kernel)
        for data in ({}, {"method": "update"}, {"method": "update", "state": {"value": "x"}}, {"method": 3},
                     {"method": "update", "state": 7}, {"method": "custom", "content": {}}):
            kernel.comm(slider, data)
        assert kernel.run("1 + 1").text == "2"

    @staticmethod
    def show(kernel):
        out = kernel.run(SLIDER)
        assert out.error is None
        opened = out.of("comm_open")
        slider, box = models(out, "FloatSliderModel"), models(out, "VBoxModel")
        assert len(slider) == 1 and slider[0]["data"]["state"]["value"] == 1.0
        view, picture = out.of("display_data")
        assert view["data"]["application/vnd.jupyter.widget-view+json"]["model_id"] == box[0]["comm_id"]
        assert "image/png" in picture["data"]
        return slider[0]["comm_id"], picture


class TestControls:
    """Every kind of control, alone and in combination."""

    def test_all_kinds_in_one_picture(self, kernel):
        out = kernel.run(COMBINED)
        assert out.shown[-1]["data"]["text/plain"] == "GAUSS 2.0 FLAT"
        words = out.shown[0]["data"]["text/plain"].splitlines()
        assert words == ["sigma: 1.0 (0.1 to 2.0)", "kernel: gauss (of gauss, laplace)", "log: off", "shape: flat (of flat)"]
        slider, toggle = model(out, "FloatSliderModel"), model(out, "CheckboxModel")
        kernel_choice = models(out, "DropdownModel")[0]
        assert kernel_choice["data"]["state"]["_options_labels"] == ["gauss", "laplace"]
        for comm, change, text in (
                (kernel_choice["comm_id"], {"index": 1}, "LAPLACE 2.0 FLAT"),
                (toggle, {"value": True}, "LAPLACE 2.0 log FLAT"),
                (slider, {"value": 2.0}, "LAPLACE 4.0 log FLAT"),
                (toggle, {"value": False}, "LAPLACE 4.0 FLAT")):
            assert change_to(kernel, comm, change) == text

    def test_a_stepper_and_its_slider_are_one_number(self, kernel):
        out = kernel.run('interact(Play.of("frame", 0, 20).every(40), i -> 10 * i + 1)')
        player, slider, link = (model(out, f"{kind}Model") for kind in ("Play", "IntSlider", "Link"))
        states = {c["comm_id"]: c["data"]["state"] for c in out.of("comm_open")}
        assert states[player]["interval"] == 40 and states[player]["max"] == states[slider]["max"] == 20
        assert states[link]["source"] == [f"IPY_MODEL_{player}", "value"]
        assert states[link]["target"] == [f"IPY_MODEL_{slider}", "value"]
        assert change_to(kernel, player, {"value": 3}) == "31"
        kernel.comm(slider, {"method": "update", "state": {"value": 3}, "buffer_paths": []})
        assert kernel.silent("update_display_data", 0.7), "the linked slider reports the same step"
        assert change_to(kernel, slider, {"value": 99}) == "201"

    def test_a_whole_slider_gives_whole_numbers(self, kernel):
        out = kernel.run('interact(Slider.of("n", 1, 9, 3).whole(), n -> new int[n].length + 0)')
        assert out.text == "3"
        assert change_to(kernel, model(out, "IntSliderModel"), {"value": 7}) == "7"

    def test_a_choice_can_begin_elsewhere_and_hold_any_value(self, kernel):
        out = kernel.run('interact(Choice.of("f", 1.5, 2.5).startingAt(2.5), f -> f * 2)')
        assert out.text == "5"
        assert change_to(kernel, model(out, "DropdownModel"), {"index": 0}) == "3"

    def test_values_that_are_none_do_no_harm(self, kernel):
        out = kernel.run(COMBINED)
        for comm, state in ((models(out, "DropdownModel")[0]["comm_id"], {"index": 7}),
                            (models(out, "DropdownModel")[0]["comm_id"], {"index": None}),
                            (models(out, "DropdownModel")[0]["comm_id"], {"index": -1}),
                            (model(out, "CheckboxModel"), {"value": 3}), (model(out, "CheckboxModel"), {"value": [1]})):
            kernel.comm(comm, {"method": "update", "state": state, "buffer_paths": []})
        assert kernel.silent("update_display_data", 0.7)
        assert kernel.run("1 + 1").text == "2"

    def test_controls_that_make_no_sense_are_refused(self, kernel):
        for code, words in (
                ('Choice.of("k", "a", "a")', "'k' must have different labels, had 'a' twice"),
                ('Choice.of("k", "a").startingAt("b")', "the start of 'k' must be one of [a], was b"),
                ('Play.of("p", 3, 3)', "'p' must have low < high"),
                ('Slider.of("n", 0.5, 3, 1).whole()', "low of 'n' must be a whole number, was 0.5")):
            assert words in kernel.run(code).error["evalue"]

    def test_the_last_value_wins_while_a_computation_runs(self, kernel):
        out = kernel.run('var drawn = new java.util.concurrent.atomic.AtomicInteger();\n'
                         'interact(Slider.of("a", 0, 1, 0), Toggle.of("b", false), (a, b) -> {\n'
                         "    drawn.incrementAndGet();\n    Thread.sleep(300);\n    return a + \" \" + b;\n})".replace(
                             "Thread.sleep(300);", "try { Thread.sleep(300); } catch (InterruptedException e) { }"))
        for i in range(20):
            kernel.comm(model(out, "FloatSliderModel"), {"method": "update", "state": {"value": i / 20}, "buffer_paths": []})
        kernel.comm(model(out, "CheckboxModel"), {"method": "update", "state": {"value": True}, "buffer_paths": []})
        last = ""
        while last != "0.95 true":
            last = kernel.wait_for("update_display_data")["content"]["data"]["text/plain"]
        assert kernel.silent("update_display_data", 1)
        assert int(kernel.run("drawn.get()").text) <= 5


class TestTables:
    TABLE = ('Table.create("t").addColumns(IntColumn.create("n", java.util.stream.IntStream.range(0, 25).toArray()),'
             ' DoubleColumn.create("x", java.util.stream.IntStream.range(0, 25).mapToDouble(i -> i * 7 % 25).toArray()))')

    @staticmethod
    def cells(data):
        return [line.split() for line in data["text/plain"].splitlines()[2:]]

    def test_a_table_can_be_sorted_and_turned_over(self, kernel):
        out = kernel.run(f"browse({self.TABLE})")
        order, down, page = (model(out, f"{kind}Model") for kind in ("Dropdown", "Checkbox", "IntSlider"))
        assert models(out, "DropdownModel")[0]["data"]["state"]["_options_labels"] == ["as it is", "by n", "by x"]
        assert models(out, "IntSliderModel")[0]["data"]["state"]["max"] == 3
        assert "25 rows, 2 columns; rows 1 to 10" in out.text
        assert self.cells(out.data)[0] == ["0", "0"]
        assert change_to(kernel, page, {"value": 3}).splitlines()[-1].split() == ["24", "18"]
        assert "rows 21 to 25, by x" in change_to(kernel, order, {"index": 2})
        kernel.comm(down, {"method": "update", "state": {"value": True}, "buffer_paths": []})
        shown = kernel.wait_for("update_display_data")["content"]["data"]
        assert [float(row[1]) for row in self.cells(shown)] == [4, 3, 2, 1, 0] and "largest first" in shown["text/plain"]
        assert "<table" in shown["text/html"]

    def test_headless_leaves_a_table_without_controls(self, headless):
        out = headless.run(f"browse({self.TABLE})")
        assert out.of("comm_open") == [] and len(out.shown) == 1
        assert out.data["text/html"].count("<tr>") == 11


class TestLife:
    """A cell that runs again takes its old controls with it."""

    def test_running_a_cell_again_closes_its_controls(self, kernel):
        before = comms(kernel)
        counts = []
        for _ in range(4):
            kernel.finish(send(kernel, SLIDER, "again"))
            counts.append(len(comms(kernel) - before))
        assert counts == [counts[0]] * 4 and counts[0] >= 5

    def test_a_cell_without_controls_closes_those_it_had(self, kernel):
        before = comms(kernel)
        kernel.finish(send(kernel, SLIDER, "edited"))
        opened = comms(kernel) - before
        out = kernel.finish(send(kernel, "1", "edited"))
        assert {c["comm_id"] for c in out.of("comm_close")} == opened
        assert comms(kernel) == before

    def test_deleting_a_cell_closes_its_controls(self, kernel):
        before = comms(kernel)
        kernel.finish(send(kernel, SLIDER, "deleted"))
        kernel.finish(send(kernel, "1", "other", deletedCells=["deleted", "never run"]))
        assert comms(kernel) == before

    def test_cells_do_not_close_each_others_controls(self, kernel):
        kernel.finish(send(kernel, SLIDER, "first"))
        before = comms(kernel)
        out = kernel.finish(send(kernel, SLIDER + ";\n" + SLIDER, "second"))
        assert len(models(out, "FloatSliderModel")) == 2
        assert before < comms(kernel) and len(comms(kernel) - before) == len(out.of("comm_open"))

    def test_a_front_end_that_names_no_cells_is_told_by_the_code(self, kernel):
        code = 'interact("named by its code", 0, 1, 0.5, v -> v)'
        kernel.run(code)
        before = comms(kernel)
        kernel.run(code)
        assert len(comms(kernel)) == len(before) and comms(kernel) != before

    def test_a_closed_control_draws_no_more(self, kernel):
        out = kernel.finish(send(kernel, SLIDER, "closed"))
        kernel.finish(send(kernel, "1", "closed"))
        kernel.comm(model(out, "FloatSliderModel"), {"method": "update", "state": {"value": 2.0}, "buffer_paths": []})
        assert kernel.silent("update_display_data", 1)


def send(kernel, code, cell, **metadata):
    """Runs code as JupyterLab does, which names the cell."""
    session = kernel.client.session
    message = session.msg("execute_request", {"code": code, "silent": False, "store_history": True, "allow_stdin": False,
                                              "user_expressions": {}, "stop_on_error": True},
                          metadata={"cellId": cell, "deletedCells": [], **metadata})
    kernel.client.shell_channel.send(message)
    return message["header"]["msg_id"]


def comms(kernel):
    return set(kernel.reply(kernel.client.comm_info())["comms"])


def models(out, name):
    return [c for c in out.of("comm_open") if c["data"]["state"]["_model_name"] == name]


def model(out, name):
    found = models(out, name)
    assert len(found) == 1, (name, out.messages)
    return found[0]["comm_id"]


def change_to(kernel, comm, state):
    """Changes a control and gives what is shown then."""
    kernel.comm(comm, {"method": "update", "state": state, "buffer_paths": []})
    return kernel.wait_for("update_display_data")["content"]["data"]["text/plain"]

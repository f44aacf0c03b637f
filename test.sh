#!/usr/bin/env bash
# Installs what the tests need where it is missing, builds everything with warnings as errors, and runs all tests.
# The last line is always "N passed, N failed", with ", N skipped" after it if any were; the exit status is 0 only if
# nothing failed. Needs the .NET SDK of global.json. Takes no arguments and no input, and may be run again and again.
#
#   TEST_TIMEOUT    how many seconds all test projects together may run; 1500 if not set
#   TEST_PATIENCE   how many times longer times are that must run out in a test, from 1 to 10; by how busy the machine is if not set
set -u
export LC_ALL=C DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Hundreds of short processes: what a profile would teach the compiler of .NET comes too late for them.
export DOTNET_TieredPGO=0
# Nor is there time for what keeps compiled code from being written to: it maps every page of it twice.
export DOTNET_EnableWriteXorExecute=0
# Nothing that was started here may live on and keep somebody's pipe open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null

reports=$PWD/TestResults
passed=0
failed=0
skipped=0

say() { printf '%s\n' "$*"; }

finish() {
    dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
    if [ "$skipped" -gt 0 ]; then
        say "$passed passed, $failed failed, $skipped skipped"
    else
        say "$passed passed, $failed failed"
    fi
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# Every project in tests/ that is an xunit.v3 program: the longest last, since the others say sooner what is wrong.
projects=()
longest=()
for project in tests/*/*.csproj; do
    if grep -q 'Include="xunit\.v3"' "$project"; then
        case $project in *IntegrationTests*) longest+=("$project") ;; *) projects+=("$project") ;; esac
    fi
done
projects+=("${longest[@]}")

# Nothing could be run: every project counts as failed, so that nobody takes it for a success.
give_up() {
    say "$1" >&2
    failed=${#projects[@]}
    [ "$failed" -gt 0 ] || failed=1
    finish
}

# --- What the tests need -------------------------------------------------------------------------------------------------------

# Where LoopbackSshd looks for it; an ordinary user's PATH does not hold it.
has_sshd() {
    PATH=$PATH:/usr/sbin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/sbin command -v sshd >/dev/null && command -v ssh-keygen >/dev/null
}

missing_packages() {
    has_sshd || echo openssh-server openssh-client
    command -v flock >/dev/null || echo util-linux
    command -v sha256sum >/dev/null && command -v base64 >/dev/null && command -v timeout >/dev/null || echo coreutils
}

install_packages() {
    local root=()
    local policy=/usr/sbin/policy-rc.d
    local own_policy=no
    local status
    if [ "$(id -u)" -ne 0 ]; then
        root=(sudo -n)
        "${root[@]}" true 2>/dev/null || return 1
    fi
    command -v apt-get >/dev/null || return 1

    # The tests start servers of their own, on 127.0.0.1. The machine's must not be started by the installation.
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$policy" >/dev/null && "${root[@]}" chmod 755 "$policy" || return 1
        own_policy=yes
    fi
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
    status=$?
    if [ "$own_policy" = yes ]; then
        "${root[@]}" rm -f "$policy"
    fi
    # Nor at the next boot.
    case " $* " in
        *" openssh-server "*) command -v systemctl >/dev/null && "${root[@]}" systemctl disable ssh.service ssh.socket >/dev/null 2>&1 ;;
    esac
    return "$status"
}

command -v dotnet >/dev/null || give_up "dotnet was not found. Remedy: install the .NET SDK that global.json names, see https://dot.net"

# shellcheck disable=SC2046 # one word a package
set -- $(missing_packages)
if [ $# -gt 0 ]; then
    say "The tests need: $*. Installing them."
    install_packages "$@"
    set -- $(missing_packages)
    [ $# -eq 0 ] || give_up "The tests need what could not be installed from here. Remedy: apt-get update && apt-get install -y $*"
fi

# --- Build ---------------------------------------------------------------------------------------------------------------------

# One compiler serves all projects, and the tests that build. It is ended with everything else that was started.
dotnet build Failover.sln -c Release -warnaserror -p:UseSharedCompilation=true || give_up "The solution does not build."

# --- Tests ---------------------------------------------------------------------------------------------------------------------

# The value of an attribute of the report's <assembly> element; the writer escapes whatever could look like one.
count() {
    tr '\n' ' ' <"$1" | grep -o '<assembly [^>]*>' | head -n 1 | sed -n "s/.* $2=\"\([0-9]\{1,\}\)\".*/\1/p"
}

# The tests of a report that took more than five seconds, the longest first.
slow() {
    tr '\n' ' ' <"$1" | grep -o '<test [^>]*>' | sed -n 's/^<test .*name="\([^"]*\)".* time="\([0-9.]*\)".*/\2 s  \1/p' | awk '$1 > 5' | sort -rn
}

# One project after the other. Each keeps all processors busy, and the integration tests have time limits: beside the others they take as long in all, and meet limits that a
# user's machine would not.
run() {
    local left=$((${TEST_TIMEOUT:-1500} - SECONDS + tests_began))
    [ "$left" -gt 0 ] || left=1
    timeout --kill-after=10s "$left" dotnet "$(dotnet msbuild "$1" -p:Configuration=Release -getProperty:TargetPath)" -noLogo -noColor -xml "$2.xml" >"$2.log" 2>&1
}

rm -rf "$reports"
mkdir -p "$reports"
tests_began=$SECONDS
for project in "${projects[@]}"; do
    name=$(basename "$project" .csproj)
    report=$reports/$name.xml
    began=$SECONDS
    run "$project" "$reports/$name"
    status=$?
    say "--- $name, $((SECONDS - began)) s"
    cat "$reports/$name.log"

    project_passed=$(count "$report" passed 2>/dev/null)
    project_failed=$(count "$report" failed 2>/dev/null)
    project_errors=$(count "$report" errors 2>/dev/null)
    project_skipped=$(count "$report" skipped 2>/dev/null)
    project_failed=$((${project_failed:-0} + ${project_errors:-0}))

    # A project that crashed, hung, left no report, ran nothing or says failure without a failed test counts as one failure.
    if [ "$project_failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "${project_passed:-0}" -eq 0 ]; }; then
        say "$name ended with status $status and no failed test in its report; it counts as failed." >&2
        project_failed=1
    fi
    passed=$((passed + ${project_passed:-0}))
    failed=$((failed + project_failed))
    skipped=$((skipped + ${project_skipped:-0}))
done

# The fast tests run after every change, in less than a minute. Here is what keeps them from it.
slow_tests=$(slow "$reports/Tachyon.Failover.Tests.xml" 2>/dev/null)
if [ -n "$slow_tests" ]; then
    say "Fast tests of more than five seconds:"
    say "$slow_tests"
fi

finish

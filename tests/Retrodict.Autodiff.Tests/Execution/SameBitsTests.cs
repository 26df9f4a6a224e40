using System.Numerics;
using System.Runtime.InteropServices;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>Results do not depend on who computes them: bit for bit the same for every team, and for concurrent callers.</summary>
public class SameBitsTests
{
    [Fact]
    public void Teams_of_one_two_and_three_threads_agree()
    {
        Check<float>();
        Check<double>();
    }

    [Fact]
    public void Derivatives_agree_between_teams()
    {
        Function loss = Function.Trace(
            [("x", [600, 64]), ("w", [128, 64])],
            v => [("y", Value.Square(Value.Tanh(Value.Einsum("bi,oi->bo", v["x"], v["w"]))).Mean())]);
        Check<double>(loss.ValueAndGradient());
    }

    [Fact]
    public void Eight_concurrent_callers_of_one_plan_get_their_own_results()
    {
        const int Callers = 8;
        Function function = Function.Trace(
            [("x", [70, 1000]), ("w", [1000, 30])], v => [("y", Value.MatMul(Value.Tanh(v[0]), v[1])), ("sum", Value.Exp(v[0]).Sum(1))]);
        Plan<float> plan = function.Compile<float>();
        Assert.Contains("parts", plan.ToString(), StringComparison.Ordinal);
        Plan<float> alone = function.Compile<float>(new PlanOptions { Team = ThreadTeam.SingleThread });
        var failures = new string?[Callers];
        Thread[] threads = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() => failures[caller] = Call(caller)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);

        string? Call(int caller)
        {
            float[][][] inputs = [Programs.Inputs<float>(function, 10 * caller), Programs.Inputs<float>(function, (10 * caller) + 5)];
            float[][][] expected = [alone.Evaluate(inputs[0]), alone.Evaluate(inputs[1])];
            for (int i = 0; i < 150; i++)
            {
                using Workspace<float> workspace = plan.Rent();
                Programs.Fill(workspace, inputs[i % 2]);
                workspace.Run();
                for (int output = 0; output < 2; output++)
                {
                    if (!workspace.Output(output).SequenceEqual(expected[i % 2][output]))
                    {
                        return $"caller {caller}, iteration {i}, output {output}";
                    }
                }
            }

            return null;
        }
    }

    [Fact]
    public void Fused_and_written_out_programs_agree()
    {
        Function f = Programs.Small;
        double[][] inputs = Programs.Inputs<double>(f, 3);
        double[][] simplified = f.Compile<double>().Evaluate(inputs);
        double[][] written = f.Compile<double>(new PlanOptions { Simplify = false }).Evaluate(inputs);
        Assert.Equal(simplified[0], written[0]);
        Assert.Equal(simplified[1], written[1]);
    }

    private static void Check<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Plan<T> plan = Check<T>(Programs.Large);
        foreach (string kind in new[] { "tanh", "sin", "sum[axes [1]]", "max", "contract[ab,bc->ac]", "contract[abc,adc->abd]" })
        {
            Assert.Contains(
                plan.ToString().Split('\n'),
                line => line.Contains(kind, StringComparison.Ordinal) && line.Contains(" parts]", StringComparison.Ordinal));
        }
    }

    private static Plan<T> Check<T>(Function function)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[][] inputs = Programs.Inputs<T>(function, 1);
        Plan<T> one = function.Compile<T>(new PlanOptions { Team = ThreadTeam.SingleThread });
        T[][] expected = one.Evaluate(inputs);
        for (int size = 2; size <= 3; size++)
        {
            using var team = new ThreadTeam(size);
            Plan<T> plan = function.Compile<T>(new PlanOptions { Team = team });
            for (int repeat = 0; repeat < 3; repeat++)
            {
                T[][] actual = plan.Evaluate(inputs);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.True(
                        MemoryMarshal.AsBytes(expected[i].AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual[i].AsSpan())),
                        $"'{function.Outputs[i].Name}' differs for {size} threads.");
                }
            }
        }

        return one;
    }
}
